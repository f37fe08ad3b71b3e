import RemoteServices

/// What is done about the documents that a provider makes.
public struct DocumentTasks: Sendable {
    /// Whether the stream of all documents is followed.
    public var follows: Bool
    /// How long the stream rests once it has told everything.
    public var poll: Duration
    /// Where files are kept; nil if they are not.
    public var archive: (any DocumentArchive)?

    public init(follows: Bool = true, poll: Duration = .seconds(60), archive: (any DocumentArchive)? = nil) {
        self.follows = follows
        self.poll = poll
        self.archive = archive
    }
}

/// The tasks, and the provider whose documents they are about.
struct DocumentWork: Sendable {
    let tasks: DocumentTasks
    let provider: any DocumentProvider

    /// nil if there is nothing to do, or the service makes no documents.
    init?(_ tasks: DocumentTasks?, of service: any RemoteService) {
        guard let tasks, let provider = service as? any DocumentProvider else { return nil }
        self.tasks = tasks
        self.provider = provider
    }
}
