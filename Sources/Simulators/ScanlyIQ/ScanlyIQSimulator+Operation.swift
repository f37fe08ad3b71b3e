extension ScanlyIQSimulator {
    /// The six calls of the page.
    public enum Operation: String, Sendable, CaseIterable {
        case upload, createJob = "create_job", showJob = "show_job", credits, estimate, models

        var method: String {
            switch self {
            case .upload, .createJob, .estimate: "POST"
            case .showJob, .credits, .models: "GET"
            }
        }

        /// Without the id at the end.
        var path: String {
            switch self {
            case .upload: "/api/upload/slip"
            case .createJob, .showJob: "/api/jobs/slip-ocr"
            case .credits: "/api/credits"
            case .estimate: "/api/credits/estimate"
            case .models: "/api/models"
            }
        }
    }
}

extension ScanlyIQSimulator.Operation {
    /// Where a request leads.
    enum Route: Equatable {
        case operation(ScanlyIQSimulator.Operation, id: String?)
        /// The path is known, but not with this method.
        case wrongMethod
        case nowhere
    }

    /// - Parameter path: without its query, as it came
    static func find(_ method: String, _ path: String) -> Route {
        let jobs = showJob.path + "/"
        if path.hasPrefix(jobs) {
            let id = path.dropFirst(jobs.count)
            guard !id.isEmpty, !id.contains("/") else { return .nowhere }
            return method == showJob.method ? .operation(.showJob, id: FormText.decodedPath(id.utf8)) : .wrongMethod
        }
        let found = allCases.filter { $0 != .showJob && $0.path == path }
        guard let operation = found.first else { return .nowhere }
        return method == operation.method ? .operation(operation, id: nil) : .wrongMethod
    }
}
