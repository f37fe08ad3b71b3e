/// The database and its free space.
public struct DatabaseFigures: WireResource {
    /// With its log.
    public var sizeBytes: Int?
    public var freeBytes: Int?
    /// With less, sales are refused.
    public var minimumFreeBytes = 0

    public init() {}

    public init(sizeBytes: Int?, freeBytes: Int?, minimumFreeBytes: Int) {
        self.sizeBytes = sizeBytes
        self.freeBytes = freeBytes
        self.minimumFreeBytes = minimumFreeBytes
    }

    public static let fields: [WireField<DatabaseFigures>] = [
        .field("size_bytes", \.sizeBytes), .field("free_bytes", \.freeBytes),
        .field("min_free_bytes", \.minimumFreeBytes),
    ]
}
