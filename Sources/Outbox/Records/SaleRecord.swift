public import Foundation
import Journey
public import Sales

/// A sale as the outbox knows it, without its blobs.
public struct SaleRecord: Sendable, Equatable {
    /// The outbox's own number of the sale, in the order of arrival.
    public let seq: Int64
    public let id: TransactionID
    public let terminalID: String?
    /// The number on the paper.
    public let number: String
    /// Who handed it in.
    public let source: String
    /// As the machine's clock showed it.
    public let receivedAt: Date
    /// When it was received, in counted time, as far as is known by now.
    public let agedFrom: Date
    public let issuedAt: Date
    public let totals: Totals
    /// The document that it gets from its provider, as staff have changed it since.
    public let documentType: DocumentType
    /// For a sale on credit: the day on which its buyer has to have paid.
    public let dueOn: BangkokDay?
    public let registration: SaleRegistration
    public var prints: [PrintRecord]
    /// What the provider has made of it, as far as it was told of that, in its sequence.
    public var documents: [DocumentRecord] = []
    /// Its full tax invoice that staff had made later; nil if nobody has wanted one.
    public var invoice: SaleInvoice?
    /// The payment slips that were handed in for it, in the order of their arrival.
    public var slips: [SlipRecord] = []

    /// The link for its papers: none once a full tax invoice was made in their place.
    public var paperLink: String? { invoice?.state == .ready ? nil : registration.link }

    /// The unmarked original, if the sale has one.
    public var original: PrintRecord? { prints.first { $0.machine.isUnmarkedOriginal } }

    /// Whether the customer's paper has left `queued` and `printing`, or none was wanted.
    public var isOriginalSettled: Bool {
        guard let state = original?.machine.state else { return true }
        return state != .queued && state != .printing
    }
}
