/// Which paper of a sale.
public enum PaperKind: Sendable, Equatable {
    case receipt(PaperMark)
    case qrSlip
}
