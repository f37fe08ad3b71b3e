/// A finished backup.
public struct BackupResource: WireResource {
    public var path = ""
    public var sizeBytes = 0
    /// Of the database's.
    public var pages = 0

    public init() {}

    public init(path: String, sizeBytes: Int, pages: Int) {
        self.path = path
        self.sizeBytes = sizeBytes
        self.pages = pages
    }

    public static let fields: [WireField<BackupResource>] = [
        .field("path", \.path), .field("size_bytes", \.sizeBytes), .field("pages", \.pages),
    ]
}
