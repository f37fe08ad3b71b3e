/// How a later tax invoice that was rejected is sent again.
public enum InvoiceWay: Sendable, Equatable {
    /// With its buyer, or another one.
    case again
    /// The provider has it, under this name of its own.
    case adopting(documentID: String)
    /// Somebody has seen that the provider has none.
    case anew
}
