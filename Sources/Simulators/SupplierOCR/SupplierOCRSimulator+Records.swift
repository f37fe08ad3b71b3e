public import struct Foundation.Date

extension SupplierOCRSimulator {
    /// One call of the API.
    public struct Call: Sendable {
        /// nil if the path or the method leads nowhere.
        public let operation: Operation?
        public let method: String
        /// The path with its query, as it came.
        public let target: String
        /// The `Content-Type` header.
        public let type: String?
        /// As it came; nil if it was longer than `longestBodyKept`.
        public let body: [UInt8]?
        /// Of the job that the call makes or names.
        public let jobNumber: String?
        public let outcome: CallOutcome
        public let at: Date

        public static let longestBodyKept = 64 << 10
    }

    /// What happened since the start.
    public struct Totals: Sendable, Equatable {
        public var calls = 0
        public var successes = 0
        public var refusals = 0
        /// Calls that got no documented answer.
        public var failures = 0
        /// Jobs made by calls.
        public var made = 0
        /// How often a document was read.
        public var processed = 0
        /// How often a document was fetched, or tried to be.
        public var fetched = 0

        mutating func count(_ outcome: CallOutcome) {
            calls += 1
            switch outcome {
            case .success: successes += 1
            case .refusal: refusals += 1
            case .status, .garbage, .lost, .truncated: failures += 1
            }
        }
    }

    /// The jobs that nobody deleted, oldest first.
    public var liveJobs: [Job] { jobs.live }

    public func job(_ id: String) -> Job? { jobs[id] }

    /// Those with a number that nobody deleted.
    public func jobs(numbered number: String) -> [Job] { (idsByNumber[number] ?? []).compactMap { jobs[$0] } }

    /// How many jobs calls have ever made with each number, with those that were deleted.
    public func madeByNumber() -> [String: Int] {
        jobs.items.reduce(into: [:]) { counts, job in
            if !job.isForeign { counts[job.number, default: 0] += 1 }
        }
    }

    /// The numbers that more than one job has now: of a file, one too many.
    public func numbersMadeTwice() -> Set<String> {
        Set(idsByNumber.filter { $0.value.count > 1 }.keys)
    }

    /// Makes jobs of the same account that no call of ours made, so that the list is long.
    public func addForeignJobs(_ count: Int) {
        for _ in 0..<max(0, count) {
            keep(
                Job(
                    JobForm(foreign: jobs.items.count + 1), from: .init(request: [], madeAt: clock.now, isForeign: true)
                ))
        }
    }

    /// What is read on the document of a job: JSON, which is answered byte by byte.
    ///
    /// Throws `SimulatorError` if it is no JSON.
    public func setResults(_ json: [UInt8], ofJobNumbered number: String) throws(SimulatorError) {
        guard (try? JSONReader.read(json)) != nil else { throw SimulatorError(.refused, "the results are no JSON") }
        results[number] = json
    }
}
