/// What has come into a watched directory since it was asked last.
public struct DirectoryChanges: Sendable, Equatable {
    /// How it is known that a file's writer is done with it.
    public enum Ending: Sendable, Hashable {
        /// It was open for writing and was closed. It may be opened again.
        case closed
        /// It was given its name: whoever does that has written it before.
        case renamed
    }

    /// Files whose writers are done, each once, by the last that happened to it.
    public var finished: [FileName: Ending] = [:]
    /// Whether something was made there that nobody may have finished, such as a file that is open still, or a hard link;
    /// or got another mode or owner.
    public var hasUnfinished = false
    /// Whether there may be more than is told here: the kernel drops events when too many come, and so does the watch.
    public var isIncomplete = false
    /// The directory was removed or moved, or cannot be watched any more: nothing more comes.
    public var isOver = false

    public init() {}

    var isEmpty: Bool { self == DirectoryChanges() }
}
