public import Foundation

/// The last known state of a service that the gateway calls.
public struct ServiceResource: WireResource {
    /// Its name in the configuration, for example `slime`.
    public var name = ""
    /// `up`, `down` or `held`; null until the database has answered for the first time.
    public var state: String?
    /// Null while it is up.
    public var since: Date?
    /// Why the account is held; otherwise why the job that is owed longest failed last.
    public var lastErrorCode: String?
    /// What it owes, held or not; null until the database has answered for the first time.
    public var pending: Int?
    /// By how much its clock is ahead of this machine's; 0 while it has not complained.
    public var clockDriftSeconds = 0

    public init() {}

    public static let fields: [WireField<ServiceResource>] = [
        .field("name", \.name), .field("state", \.state), .field("since", \.since),
        .field("last_error_code", \.lastErrorCode), .field("pending", \.pending),
        .field("clock_drift_seconds", \.clockDriftSeconds),
    ]
}
