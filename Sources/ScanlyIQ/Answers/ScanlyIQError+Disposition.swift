import RemoteServices

/// The call that failed, as far as its failure depends on it.
enum ScanlyIQStep: Sendable, Equatable, CaseIterable {
    /// It can be repeated: nothing is charged.
    case upload
    /// It makes a job, and is charged.
    case create
    /// It asks for the result of a job.
    case result
    /// It asks about the account, or about the models, on the way to one of the others.
    case question
    /// It asks the same for the sake of the account.
    case probe
}

extension ScanlyIQError {
    /// What a failed call means for the slip and the account. This is the one table of it. The page names the statuses from 400 to
    /// 429; what else there may be is inferred.
    ///
    /// What a service does not know, an upload or a job, is looked into before this is asked (``ScanlyIQService``).
    func disposition(at step: ScanlyIQStep) -> ServiceFailure.Disposition {
        switch kind {
        // Only this group of calls waits, and the limiter makes it wait.
        case .limited, .status(429): return .retry
        // Each job is charged, and none can be asked for.
        case .withoutJobID: return .holdAccount
        case .unreachable, .untrusted, .proxyFailed: return .noAnswer(isServiceWide: true)
        case .unanswered, .unintelligible: return .noAnswer(isServiceWide: step == .probe)
        case .unusable: return .holdAccount
        case .status(let status):
            switch (status, step) {
            // A job of another account: the key was changed since.
            case (403, .result): return .askProbe
            case (401...403, _): return .holdAccount
            // The wrong endpoint, or a key for another product.
            case (400, .probe), (404, .probe), (422, .probe), (400, .question), (404, .question), (422, .question):
                return .holdAccount
            case (404, .upload): return .noAnswer(isServiceWide: true)
            // This image, or what was made of it, is not taken as it is.
            case (400, .upload), (413, .upload), (415, .upload), (422, .upload), (413, .create), (415, .create):
                return .reject
            // This image, or what the configuration adds to each.
            case (400, .create), (404, .create), (422, .create): return .rejectUnexplained
            case (400, .result), (404, .result), (422, .result): return .retrySeldom
            default: return .noAnswer(isServiceWide: step == .probe || Self.isOfService(status))
            }
        }
    }

    func failure(at step: ScanlyIQStep) -> ServiceFailure {
        ServiceFailure(
            code: code, message: message, disposition: disposition(at: step),
            mayHaveActed: step == .create && mayHaveActed, retryAfter: retryAfter, isOwn: kind == .limited)
    }

    /// Whether ScanlyIQ may have made a job although no answer says so.
    var mayHaveActed: Bool {
        switch kind {
        case .limited, .unreachable, .untrusted, .proxyFailed, .unusable: false
        case .unanswered, .unintelligible, .withoutJobID: true
        case .status(let status): ![400, 401, 402, 403, 404, 413, 415, 422, 429, 431].contains(status)
        }
    }

    /// What no slip causes: redirects, a proxy's login, a network's login (RFC 6585).
    private static func isOfService(_ status: Int) -> Bool {
        (300..<400).contains(status) || [407, 511].contains(status)
    }
}
