public import struct Foundation.Date

extension SupplierOCRSimulator {
    /// A job, as its owner sees it.
    public struct Job: Sendable {
        public enum Stage: Sendable, Equatable {
            case created
            /// How often it is still shown like that.
            case processing(pollsLeft: Int)
            case finished
            case failed
        }

        /// Where it comes from.
        struct Origin {
            let request: [UInt8]
            let madeAt: Date
            var isForeign = false
        }

        public let id: String
        public let madeAt: Date
        /// Whether no call of ours made it.
        public let isForeign: Bool
        /// The body by which it was made, or changed last.
        public internal(set) var request: [UInt8]
        public internal(set) var stage = Stage.created
        /// Why it fails.
        public internal(set) var fault: String?
        public internal(set) var timesProcessed = 0
        public internal(set) var timesFetched = 0
        public internal(set) var startedAt: Date?
        public internal(set) var completedAt: Date?
        var form: JobForm
        var isGone = false

        public var number: String { form.number }
        public var documentName: String { form.documentName }
        public var documentURL: String { form.documentURL }

        init(_ form: JobForm, from origin: Origin) {
            // As the ids of the page's examples: 24 digits.
            id = String(Unguessable.text().prefix(24))
            (madeAt, isForeign, request) = (origin.madeAt, origin.isForeign, origin.request)
            self.form = form
        }
    }

    func keep(_ job: Job) {
        jobs.add(job)
        idsByNumber[job.number, default: []].append(job.id)
    }
}

extension SupplierOCRSimulator.Job: Shelved {
    var day: String { CivilDay(madeAt).text }
}
