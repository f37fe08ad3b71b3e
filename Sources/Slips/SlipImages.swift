/// Where the pictures of slips are kept, each under a name of the gateway's own.
public protocol SlipImages: Sendable {
    /// Returns once the picture is on the disk.
    func keep(_ bytes: [UInt8], named name: String) async throws(SlipFolderError)
    func image(named name: String) async throws(SlipFolderError) -> [UInt8]
    /// One that is gone already is no fault.
    func remove(_ name: String) async throws(SlipFolderError)
    /// Those that have been there for as long, by a clock that nobody sets. After a start it counts anew.
    func names(olderThan age: Duration) async throws(SlipFolderError) -> [String]
}
