import Journey
public import Outbox
public import Receipts

extension PaperKind {
    public init(_ print: PrintRecord) {
        switch (print.machine.kind, print.machine.mark) {
        case (.qrSlip, _): self = .qrSlip
        case (.copy, _), (_, .copy): self = .receipt(.copy(number: print.copyNumber ?? 1))
        case (_, .reprint): self = .receipt(.reprint)
        case (.receipt, .none): self = .receipt(.none)
        }
    }
}
