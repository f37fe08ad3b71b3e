/// Registrations that are not settled. Either all owed ones are held, or none is.
public struct RegistrationFigures: WireResource {
    public var pending: Int?
    public var held: Int?
    public var rejected: Int?
    /// The sale that is owed longest, pending or held.
    public var oldestPendingID: String?
    public var oldestPendingSeconds: Int?

    public init() {}

    public static let fields: [WireField<RegistrationFigures>] = [
        .field("pending", \.pending), .field("held", \.held), .field("rejected", \.rejected),
        .field("oldest_pending_id", \.oldestPendingID), .field("oldest_pending_seconds", \.oldestPendingSeconds),
    ]
}
