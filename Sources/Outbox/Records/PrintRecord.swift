public import Foundation
public import Journey
public import Sales

/// One piece of paper of a sale.
public struct PrintRecord: Sendable, Equatable {
    public let seq: Int64
    /// Counted from 1 within the sale.
    public let id: Int
    public let copyNumber: Int?
    public let printer: String
    /// The printer that it was meant for, if a fallback has taken over.
    public let movedFrom: String?
    public let withQR: Bool
    /// As the machine's clock showed it.
    public let requestedAt: Date
    /// When it was asked for, in counted time; its age counts from then.
    public let agedFrom: Date
    /// Until then it waits for the QR.
    public let waitsUntil: Date
    /// When it is of no use any more; nil if only the configured age limits it.
    public let expiresAt: Date?
    public let machine: PrintMachine
}

/// A due print, with everything needed to set the paper.
public struct OwedPrint: Sendable {
    public let print: PrintRecord
    public let saleSeq: Int64
    public let id: TransactionID
    public let receivedAt: Date
    /// The stored event, canonical JSON.
    public let event: [UInt8]
    public let terms: SaleTerms
    public let registration: SaleRegistration
}
