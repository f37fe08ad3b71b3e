/// The calls of the API. Its seven operations, and what a list is asked for.
enum OCRInvoiceCall: String, Sendable, CaseIterable {
    /// A list of one job: whether the account may use the API.
    case probe
    /// A list for staff.
    case list
    /// A list that is looked through for one job.
    case find
    case create
    case show
    case update
    case delete
    case process
    case results

    /// Its name in metrics.
    var metric: String { rawValue }

    /// Whether it is about a job that the service has named.
    var isOfOneJob: Bool {
        switch self {
        case .probe, .list, .find, .create: false
        case .show, .update, .delete, .process, .results: true
        }
    }

    /// Whether its answer may be long.
    var isLong: Bool {
        switch self {
        case .list, .find, .results: true
        case .probe, .create, .show, .update, .delete, .process: false
        }
    }
}
