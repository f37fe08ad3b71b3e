public import Foundation
public import Journey
public import Outbox

/// A supplier's invoice as it is shown: the outbox's record, combined with the account's state.
public struct SupplierInvoiceView: Sendable, Equatable {
    public let record: SupplierInvoiceRecord
    /// Whether it waits because the service refuses the account.
    public let isHeld: Bool
    /// What keeps it from being read; while it is held, why the account is.
    public let lastError: Failure?
    /// When it goes on, as the machine's clock will show it.
    public let nextAttemptAt: Date?

    public var shown: SupplierInvoiceShown { SupplierInvoiceShown(record.state, isHeld: isHeld) }

    /// - Parameters:
    ///   - account: with its service.
    ///   - shownAhead: seconds by which the machine's clock is ahead of counted time.
    init(_ record: SupplierInvoiceRecord, account: AccountState, shownAhead: TimeInterval) {
        self.record = record
        isHeld = account.condition == .held && record.state.isOwed
        let refusal = account.failure.map { Failure(code: $0.code, message: $0.message, at: $0.at + shownAhead) }
        lastError = isHeld ? refusal ?? record.lastError : record.lastError
        nextAttemptAt = record.nextAttemptAt.map { $0 + shownAhead }
    }
}
