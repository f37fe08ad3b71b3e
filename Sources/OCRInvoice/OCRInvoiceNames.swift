import NIOHTTP1

/// How the API is addressed.
///
/// The API's page names no host, path, method or header: everything here is inferred from public code that calls the same
/// vendor. What turns out to be different can be configured.
public struct OCRInvoiceNames: Sendable, Equatable {
    /// The header with the key; the page only says "ApiKeyAuth".
    public let keyHeader: String
    /// The path of all jobs, with a slash before it and none behind it. The path of one job is this and its id.
    public let resource: String
    /// What follows the path of a job to have it processed.
    public let processPath: String
    /// What follows the path of a job to ask for its results.
    public let resultsPath: String

    public init(
        keyHeader: String = "api-key", resource: String = "/ocr-invoice-job", processPath: String = "process",
        resultsPath: String = "results"
    ) {
        self.keyHeader = keyHeader
        self.resource = "/" + Self.withoutSlashes(resource)
        self.processPath = Self.withoutSlashes(processPath)
        self.resultsPath = Self.withoutSlashes(resultsPath)
    }

    /// The method and the path of each operation.
    ///
    /// - Parameter job: a job's id as it stands in a path; nil for an operation on all of them.
    func route(of call: OCRInvoiceCall, job: String?) -> (method: HTTPMethod, path: String) {
        let path = job.map { "\(resource)/\($0)" } ?? resource
        return switch call {
        case .probe, .list, .find: (.GET, path)
        case .create: (.POST, path)
        case .show: (.GET, path)
        case .update: (.PUT, path)
        case .delete: (.DELETE, path)
        case .process: (.POST, "\(path)/\(processPath)")
        case .results: (.GET, "\(path)/\(resultsPath)")
        }
    }

    /// Whether a request can have this header at all (RFC 9110 §5.1).
    var hasUsableHeader: Bool {
        let marks = "!#$%&'*+-.^_`|~".utf8
        return !keyHeader.isEmpty
            && keyHeader.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: marks.contains(byte)
                }
            }
    }

    private static func withoutSlashes(_ path: String) -> String {
        path.split(separator: "/").joined(separator: "/")
    }
}
