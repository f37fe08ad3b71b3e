/// The content of the spool's `incoming/`, as the gateway last saw it.
public struct SpoolFigures: Sendable, Equatable {
    /// Why files are not taken, and will not be by themselves.
    public struct Hindrance: Sendable, Equatable {
        /// Continues "file(s)": "cannot be read (permission denied)".
        public let reason: String
        /// The reason without the parts that change while it stays the same one.
        public let cause: String
        /// Files that it holds back; 0 if the folder itself cannot be used.
        public let count: Int
        /// The first of these files, for people.
        public let example: String?
        /// For how long it has held one of them back, by a clock that does not step.
        public let lasting: Duration

        /// - Parameter cause: nil if it equals the reason.
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
    /// What the gateway does not handle: other endings, folders, links.
    public let ignored: Int
    /// Those with the most files first.
    public let hindrances: [Hindrance]

    public init(folder: String, waiting: Int = 0, ignored: Int = 0, hindrances: [Hindrance] = []) {
        self.folder = folder
        self.waiting = waiting
        self.ignored = ignored
        self.hindrances = hindrances
    }

    /// Several spools as one; the folders in which something is held back are named. Nil if there is none.
    init?(joining all: [SpoolFigures]) {
        guard let first = all.first else { return nil }
        let folders = all.filter { !$0.hindrances.isEmpty }.map(\.folder)
        self.init(
            folder: folders.isEmpty ? first.folder : folders.joined(separator: " and "),
            waiting: all.reduce(0) { $0 + $1.waiting }, ignored: all.reduce(0) { $0 + $1.ignored },
            hindrances: all.flatMap(\.hindrances).sorted { $0.count > $1.count })
    }

    /// Files that somebody has to attend to.
    public var stuck: Int { hindrances.reduce(0) { $0 + $1.count } }
}
