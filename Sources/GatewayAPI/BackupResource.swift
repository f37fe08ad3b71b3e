public import JSON

/// A backup that was made.
public struct BackupResource: Sendable, Equatable {
    public var path: String
    public var sizeBytes: Int
    /// Of the database's.
    public var pages: Int

    public init(path: String, sizeBytes: Int, pages: Int) {
        self.path = path
        self.sizeBytes = sizeBytes
        self.pages = pages
    }

    public var json: JSONValue {
        .object(["path": .string(path), "size_bytes": .integer(sizeBytes), "pages": .integer(pages)])
    }

    public init(json: JSONValue) throws(WireFault) {
        let members = try WireReader(json)
        path = try members.string("path")
        sizeBytes = try members.integer("size_bytes")
        pages = try members.integer("pages")
    }
}
