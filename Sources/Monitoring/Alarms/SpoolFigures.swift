/// What lies in the spool's `incoming/`, as the gateway last saw it.
public struct SpoolFigures: Sendable, Equatable {
    /// Why files are not taken, and will not be by themselves.
    public struct Hindrance: Sendable, Equatable {
        /// Reads on after "file(s)": "cannot be read (permission denied)".
        public let reason: String
        /// The reason without what changes while it stays the same one.
        public let cause: String
        /// Files that it keeps; 0 where it is the folder that cannot be used.
        public let count: Int
        /// The first of these files, for people.
        public let example: String?
        /// For how long it has kept one of them, by a clock that does not step.
        public let lasting: Duration

        /// - Parameter cause: nil where it is the reason.
        public init(reason: String, cause: String? = nil, count: Int, example: String?, lasting: Duration) {
            self.reason = reason
            self.cause = cause ?? reason
            self.count = count
            self.example = example
            self.lasting = lasting
        }
    }

    public let folder: String
    /// Files that will be taken by themselves: they are being written, or have to wait as a till would.
    public let waiting: Int
    /// What is no matter of the gateway's: other endings, folders, links.
    public let ignored: Int
    /// Those that keep most files first.
    public let hindrances: [Hindrance]

    public init(folder: String, waiting: Int = 0, ignored: Int = 0, hindrances: [Hindrance] = []) {
        self.folder = folder
        self.waiting = waiting
        self.ignored = ignored
        self.hindrances = hindrances
    }

    /// Files that somebody has to see to.
    public var stuck: Int { hindrances.reduce(0) { $0 + $1.count } }
}
