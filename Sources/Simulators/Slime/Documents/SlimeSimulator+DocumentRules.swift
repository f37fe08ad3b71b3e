extension SlimeSimulator {
    /// How documents come to be and how their files are served. It may be changed while the simulator runs.
    public struct DocumentRules: Sendable, Equatable {
        /// How `readied_at` and the sizes of a document look that is still being generated. The page shows ready ones
        /// only.
        public enum UnreadyMembers: String, Sendable, CaseIterable {
            case null, absent
        }

        /// What `latest-pdf` answers for a transaction that has no document at all: a stub that no customer has used.
        public enum MissingDocument: String, Sendable, CaseIterable {
            case notFound = "NotFound"
            case documentPending = "DocumentPending"
        }

        /// What `list-by-transaction` answers for a transaction that there is not. The page documents no exception.
        public enum UnknownTransaction: String, Sendable, CaseIterable {
            case noDocuments = "no_documents"
            case notFound = "NotFound"
        }

        /// How long a new document is generated; nil until its owner says that it is ready.
        public var delay: Duration? = .seconds(2)
        /// The sizes of new documents' files in bytes; a file that needs more is longer.
        public var pdfSize = 4_096
        public var xmlSize = 2_048
        /// "The URL expires in one minute."
        public var locationLifetime: Duration = .seconds(60)
        /// Whether a location serves its file a single time.
        public var locationsServeOnce = false
        /// What an expired location answers: 403, 404 or 410.
        public var expiredStatus = 403
        /// How `redirect` is answered: 302 or 303.
        public var redirectStatus = 303
        public var unreadyMembers = UnreadyMembers.null
        public var missingDocument = MissingDocument.notFound
        public var unknownTransaction = UnknownTransaction.noDocuments

        public init() {}

        /// The largest file that a document may have.
        static let largestFile = 64 << 20

        func check() throws(SimulatorError) {
            guard [403, 404, 410].contains(expiredStatus) else {
                throw SimulatorError(.invalidConfiguration, "documents.expiredStatus: expected 403, 404 or 410")
            }
            guard [302, 303].contains(redirectStatus) else {
                throw SimulatorError(.invalidConfiguration, "documents.redirectStatus: expected 302 or 303")
            }
            guard (0...Self.largestFile).contains(pdfSize), (0...Self.largestFile).contains(xmlSize) else {
                throw SimulatorError(
                    .invalidConfiguration, "documents.pdfSize, xmlSize: expected at most \(Self.largestFile)")
            }
        }
    }

    /// A file of a document.
    public enum FileKind: String, Sendable, CaseIterable {
        case pdf, xml

        var contentType: String { "application/\(rawValue)" }
    }
}
