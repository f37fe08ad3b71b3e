extension SupplierOCRSimulator {
    /// What the page leaves open, and how the simulator has it. It may be changed while the simulator runs.
    public struct Leeway: Sendable, Equatable {
        /// When a document is fetched.
        public enum Fetching: String, Sendable, CaseIterable {
            case create, process
        }

        /// What is answered to a number that another job has: "unique", says the page, and not how.
        public enum TakenNumber: String, Sendable, CaseIterable {
            case allowed
            case conflict = "409"
            case badRequest = "400"
            /// 200 with `"success": false`.
            case refusal = "200"
        }

        /// What is answered to a question for results that are not there yet, and to a second `process`.
        public enum Untimely: String, Sendable, CaseIterable {
            case conflict = "409"
            case badRequest = "400"
            case refusal = "200"
            /// `data` is null, or the second `process` is taken like the first.
            case accepted
        }

        public var fetching = Fetching.process
        public var takenNumber = TakenNumber.conflict
        public var earlyResults = Untimely.conflict
        public var repeatedProcess = Untimely.conflict
        /// How a request is answered that breaks a rule: 400, 422, or 200 with `"success": false`.
        public var refusalStatus = 400
        /// With what status the account is refused, 401, 402 or 403; nil if it is well.
        public var accountStatus: Int?
        /// Whether a job that is changed shows nothing of the run before.
        public var updateResets = true
        /// How often a job is shown under way before it is done.
        public var polls = 1
        public var lists = Lists()
        public var shown = Shown()
        /// Whether refusals quote the request.
        public var quotesRequests = false

        public init() {}

        func check() throws(SimulatorError) {
            guard [200, 400, 422].contains(refusalStatus) else {
                throw SimulatorError(.invalidConfiguration, "leeway.refusalStatus: expected 200, 400 or 422")
            }
            guard accountStatus.map([401, 402, 403].contains) ?? true else {
                throw SimulatorError(.invalidConfiguration, "leeway.accountStatus: expected 401, 402 or 403")
            }
            guard polls >= 0, lists.pageCap.map((1...100).contains) ?? true else {
                throw SimulatorError(.invalidConfiguration, "leeway: expected polls from 0, and a cap of 1 to 100")
            }
        }
    }
}

extension SupplierOCRSimulator.Leeway {
    /// What the page leaves open of the list.
    public struct Lists: Sendable, Equatable {
        public enum Search: String, Sendable, CaseIterable {
            /// Finds a part of a number or of a document's name.
            case honoured
            case ignored
            /// Looks at names only, and not at numbers.
            case blind
            /// Finds whatever has one word of the text, as an index of words does.
            case words
        }

        /// The `total` of a list.
        public enum Total: String, Sendable, CaseIterable {
            case exact, zero, absent
            /// How many the page has.
            case page
            /// Fewer than there are.
            case short
        }

        /// Where nothing is sorted by the query.
        public var order = ShelfOrder.newest
        public var search = Search.honoured
        public var honoursFilter = true
        public var honoursSort = true
        public var total = Total.exact
        /// The longest page, whatever `limit` says; nil for none.
        public var pageCap: Int?
        /// How long a new job is missing from the list.
        public var lag: Duration = .zero

        public init() {}
    }

    /// What the page leaves open of a job that is shown: it shows no field at all.
    public struct Shown: Sendable, Equatable {
        /// The words of a job's status.
        public enum Words: String, Sendable, CaseIterable {
            case plain, upper
            /// Other words for the same.
            case other
            /// Words that nobody expects.
            case odd
            /// Always the first: only other members tell how far the job is.
            case stuck
            /// There is no status.
            case absent
        }

        public enum ID: String, Sendable, CaseIterable {
            case underscored = "_id"
            case plain = "id"
        }

        /// How a job's number is spelt.
        public enum Numbers: String, Sendable, CaseIterable {
            case asSent = "sent"
            case lower
            /// One of the service's own.
            case own
        }

        public var words = Words.plain
        public var numbers = Numbers.asSent
        /// Whether a job shows when it was begun, and how far it is.
        public var hasProgress = true
        /// Whether times are numbers.
        public var hasNumericTimes = false
        public var id = ID.underscored
        /// Whether `completedAt` is shown.
        public var hasCompletion = true
        /// Whether a job shows its `documentUrl`.
        public var hasURL = true
        /// Whether a job shows the metadata that it came with.
        public var hasMetadata = true

        public init() {}
    }
}
