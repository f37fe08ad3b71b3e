/// Where a buyer lives or has its seat.
public enum BuyerAddress: Sendable, Equatable {
    /// In Thailand, by the code of its tambon.
    case coded(CodedAddress)
    /// In Thailand, by names.
    case named(NamedAddress)
    case abroad(ForeignAddress)
}
