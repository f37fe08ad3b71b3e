public import Foundation
public import Journey
public import Sales

/// What a commit changed, in its present state. For display and counting; code that acts reads the outbox again.
public enum OutboxChange: Sendable, Equatable {
    /// A new sale, with its prints.
    case accepted(SaleRecord)
    // `receivedAt` is counted time here: it serves to measure how long something took.
    case registration(TransactionID, SaleRegistration, receivedAt: Date)
    /// A later tax invoice is asked for, or stands differently.
    case saleInvoice(TransactionID, SaleInvoice)
    case print(TransactionID, PrintRecord, receivedAt: Date)
    /// A document on its way to paper.
    case documentPrint(DocumentPrint)
    /// A document that became known, or whose files are all in the archive now.
    case document(TransactionID, DocumentRecord)
    /// A slip that was handed in, or that has come further. `from`: its state before; nil for a new one.
    case slip(SlipRecord, from: SlipState?)
    /// An invoice of a supplier that came, or that has come further. `from`: its state before; nil for a new one.
    case supplierInvoice(SupplierInvoiceRecord, from: SupplierInvoiceState?)
    /// A sale whose registration and original are now both over. It follows the change that ended the later of the two.
    case settled(SaleRecord)
    /// A bill whose number or status is new.
    case bill(BillRecord)
    case account(ServiceName, AccountState)
}
