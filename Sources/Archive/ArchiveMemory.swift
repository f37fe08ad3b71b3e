public import Host

/// What the store remembers of its archive, so that the place where the archive's disk is not mounted does not pass for it.
public struct ArchiveMemory: Sendable {
    /// The id of the archive that was used in this folder before; nil if none was.
    let id: String?
    /// Keeps it for the next start.
    let remember: @Sendable (String) async throws(HostError) -> Void

    public init(id: String?, remember: @escaping @Sendable (String) async throws(HostError) -> Void) {
        self.id = id
        self.remember = remember
    }

    /// Of nothing but this run.
    public static let none = ArchiveMemory(id: nil) { _ in }
}
