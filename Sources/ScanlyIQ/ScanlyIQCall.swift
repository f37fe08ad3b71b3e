import NIOHTTP1

/// The calls of the API, all six.
enum ScanlyIQCall: String, Sendable, CaseIterable {
    case upload
    case createJob = "create_job"
    case showJob = "show_job"
    case credits
    case estimate
    case models

    /// Their names in metrics.
    static let metrics = allCases.map(\.metric)

    /// The path as the page has it. The page's base ends with `/api` and its paths begin with it: they are taken for the same.
    var path: String {
        switch self {
        case .upload: "/api/upload/slip"
        case .createJob, .showJob: "/api/jobs/slip-ocr"
        case .credits: "/api/credits"
        case .estimate: "/api/credits/estimate"
        case .models: "/api/models"
        }
    }

    var method: HTTPMethod {
        switch self {
        case .upload, .createJob, .estimate: .POST
        case .showJob, .credits, .models: .GET
        }
    }

    /// Which of the page's limits it counts against.
    var group: CallGroup { self == .upload ? .uploads : .others }

    /// Its name in metrics.
    var metric: String { rawValue }
}
