extension ScanlyIQSimulator {
    /// The account that the simulator plays, and how it listens.
    public struct Configuration: Sendable {
        /// What stands behind `Authorization: Bearer`.
        public var key = "b2t_live_simulator"
        public var host = "127.0.0.1"
        /// 0 takes any port that is free.
        public var port = 0
        /// What the account has at the start.
        public var credits = 1_000
        public var models = Model.usual
        /// The projects of the account; a job may name no other.
        public var projects = ["project_1"]
        public var limits = Limits.ofPage
        /// What the page leaves open, until it is changed.
        public var leeway = Leeway()
        /// Whether faults may be set and jobs read over HTTP, under `/simulator`.
        public var control = false
        /// The longest body to read, in bytes: a file that is too long has to be read to be refused.
        public var maximumBody = 160 << 20
        /// How many uploads and how many jobs are kept; a further one gets 503.
        public var maximumKept = 100_000
        /// A connection on which nothing moves is closed after this.
        public var idleTimeout: Duration = .seconds(120)

        public init() {}

        /// Throws if the simulator could not work with this.
        func check() throws(SimulatorError) {
            guard !key.isEmpty else { throw SimulatorError(.invalidConfiguration, "key: expected some text") }
            guard (0...65_535).contains(port) else {
                throw SimulatorError(.invalidConfiguration, "port: expected 0 to 65535, found \(port)")
            }
            guard limits.uploads > 0, limits.others > 0 else {
                throw SimulatorError(.invalidConfiguration, "limits: expected at least 1 call")
            }
        }
    }

    /// How many calls are answered within a window.
    public struct Limits: Sendable, Equatable {
        public var uploads: Int
        public var others: Int
        public var window: Duration

        public static let ofPage = Limits(uploads: 20, others: 60, window: .seconds(60))
        /// For a test in which a minute passes at once.
        public static let none = Limits(uploads: 1_000_000, others: 1_000_000, window: .seconds(60))

        public init(uploads: Int, others: Int, window: Duration) {
            self.uploads = uploads
            self.others = others
            self.window = window
        }
    }

    /// A model as the service lists it.
    public struct Model: Sendable, Equatable {
        public var id: String
        public var name: String
        public var type: String
        public var creditsPerUnit: Int

        public static let usual = [
            Model(id: "clx0text", name: "Text Only", type: "TEXT", creditsPerUnit: 1),
            Model(id: "clx1pro", name: "Gemini 2.5 Pro", type: "VISION", creditsPerUnit: 8),
            Model(id: "clx2flash", name: "Gemini 2.5 Flash", type: "VISION", creditsPerUnit: 2),
        ]

        public init(id: String, name: String, type: String, creditsPerUnit: Int) {
            self.id = id
            self.name = name
            self.type = type
            self.creditsPerUnit = creditsPerUnit
        }
    }

    /// What the page leaves open, and how the simulator has it. It may be changed while the simulator runs.
    public struct Leeway: Sendable, Equatable {
        /// How often a job is PENDING before it is COMPLETED.
        public var pendingPolls = 2
        /// Whether a 429 says with `Retry-After` how long to wait.
        public var tellsRetryAfter = false
        /// How long an upload is kept; nil for ever.
        public var uploadLife: Duration?
        /// What is answered to a job of an upload that is not kept any more, or not any longer: 400 or 404.
        public var oldUploadStatus = 404
        /// Whether an upload is gone once a job was made of it.
        public var uploadsServeOnce = false
        /// How long a new job is not found.
        public var jobLag: Duration = .zero
        /// What the account is refused with, whatever it asks; nil for nothing.
        public var accountStatus: Int?

        public init() {}

        func check() throws(SimulatorError) {
            guard [400, 404].contains(oldUploadStatus) else {
                throw SimulatorError(.refused, "old_upload_status: expected 400 or 404")
            }
            guard pendingPolls >= 0 else {
                throw SimulatorError(.refused, "pending_polls: expected a number that is not negative")
            }
        }
    }
}
