public import Foundation
import Journey
public import Outbox
public import Sales

/// A service's last known state.
public struct ServiceView: Sendable, Equatable {
    public let name: ServiceName
    /// Nil until the database has answered for the first time.
    public let account: AccountState?
    /// What it owes, held or not; nil until the database has answered for the first time.
    public let pending: Int?
    /// Why the account is held; otherwise why the registration that is owed longest failed last.
    public let lastErrorCode: String?
    /// Seconds by which its clock is ahead of ours; 0 while it has not complained.
    public let clockDrift: TimeInterval

    init(_ name: ServiceName, clockDrift: TimeInterval, figures: OutboxFigures?) {
        self.name = name
        account = figures?.account(of: name)
        pending = figures?.pending(of: name)
        let oldest = figures?.oldestPending.flatMap { $0.provider == name ? $0.errorCode : nil }
        lastErrorCode = account?.failure?.code ?? oldest
        self.clockDrift = clockDrift
    }
}
