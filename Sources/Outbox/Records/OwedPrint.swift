public import Foundation
public import Sales

/// A due print, with everything needed to set the paper.
public struct OwedPrint: Sendable {
    public let print: PrintRecord
    public let saleSeq: Int64
    public let id: TransactionID
    public let receivedAt: Date
    /// What the paper is made of.
    public let kept: KeptSale
    public let registration: SaleRegistration
    /// Its full tax invoice that staff had made later.
    public let invoice: SaleInvoice?
}
