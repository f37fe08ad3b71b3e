public import Foundation

/// The provider as it was last found.
public struct SlimeFigures: WireResource {
    /// `up`, `down` or `held`; null until the database has answered for the first time.
    public var state: String?
    /// Null while it is up.
    public var since: Date?
    /// Why the account is held, else why the sale that is owed longest failed last.
    public var lastErrorCode: String?
    /// By how much its clock was found to be ahead of this machine's; 0 while it has not complained.
    public var clockDriftSeconds = 0

    public init() {}

    public static let fields: [WireField<SlimeFigures>] = [
        .field("state", \.state), .field("since", \.since), .field("last_error_code", \.lastErrorCode),
        .field("clock_drift_seconds", \.clockDriftSeconds),
    ]
}
