/// What a printer reports about each of its sensors; nil if it does not. They are fields of their printer.
public struct SensorsResource: WireResource {
    public var online: Bool?
    public var paperNearEnd: Bool?
    public var paperEnd: Bool?
    public var coverOpen: Bool?
    public var cutterError: Bool?
    /// Any error but the cutter's.
    public var otherError: Bool?

    public init() {}

    public static let fields: [WireField<SensorsResource>] = [
        .field("online", \.online), .field("paper_near_end", \.paperNearEnd), .field("paper_end", \.paperEnd),
        .field("cover_open", \.coverOpen), .field("cutter_error", \.cutterError), .field("other_error", \.otherError),
    ]
}
