/// What has come into a watched directory since the last call.
public struct DirectoryChanges: Sendable, Equatable {
    /// How it is known that a file's writer is done with it.
    public enum Ending: Sendable, Hashable {
        /// It was open for writing and was closed. It may be opened again.
        case closed
        /// It got its name by a rename, before which it was written.
        case renamed
    }

    /// Files whose writers are done, each once, with the last event about it.
    public var finished: [FileName: Ending] = [:]
    /// Whether something appeared that may be unfinished, such as an open file or a hard link, or got another mode or
    /// owner.
    public var hasUnfinished = false
    /// Whether there may be more changes than these: the kernel drops events when too many come, and so does the watch.
    public var isIncomplete = false
    /// The directory was removed or moved, or cannot be watched any more: no more changes come.
    public var isOver = false

    public init() {}

    var isEmpty: Bool { self == DirectoryChanges() }
}
