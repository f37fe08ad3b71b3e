public import Foundation
public import Journey
public import Outbox
public import Sales

/// A sale's later tax invoice as it is shown.
public struct InvoiceView: Sendable, Equatable {
    public let provider: ServiceName
    public let state: RegistrationState
    public let attempts: Int
    /// Anybody who has it can read the invoice: not for logs.
    public let link: String?
    /// The provider's own name for it.
    public let documentID: String?
    public let lastError: Failure?
    public let nextAttemptAt: Date?

    /// - Parameter shownAhead: seconds by which the machine's clock is ahead of counted time.
    init(_ invoice: SaleInvoice, account: AccountState, shownAhead: TimeInterval) {
        provider = invoice.provider
        state = RegistrationState(invoice.state, account: account)
        attempts = invoice.machine.attempts
        link = invoice.machine.result
        documentID = invoice.machine.remoteID
        lastError = state == .held ? account.failure ?? invoice.machine.lastError : invoice.machine.lastError
        nextAttemptAt = invoice.machine.nextAttemptAt.map { $0 + shownAhead }
    }
}
