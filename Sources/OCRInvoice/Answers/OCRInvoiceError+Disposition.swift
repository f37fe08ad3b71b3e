import RemoteServices

extension OCRInvoiceError {
    /// What a failed call means for the document and the account. This is the one table of it, and all of it is inferred: the
    /// page documents no refusal at all.
    ///
    /// A refusal of a create, a refusal of a process, and a 404 about a job of ours are looked into before this is asked
    /// (``OCRInvoiceService``).
    func disposition(at call: OCRInvoiceCall) -> ServiceFailure.Disposition {
        let isProbe = call == .probe
        switch kind {
        case .unreachable, .untrusted, .proxyFailed: return .noAnswer(isServiceWide: true)
        case .unanswered, .unintelligible: return .noAnswer(isServiceWide: isProbe)
        // Results do not get shorter.
        case .tooLong: return call == .results ? .retrySeldom : .noAnswer(isServiceWide: isProbe)
        case .unusable: return .holdAccount
        case .refused:
            switch call {
            case .probe: return .noAnswer(isServiceWide: true)
            case .list, .find: return .retrySeldom
            // Those of a job that is done may be a moment late. Asking again costs nothing, as a new run would.
            case .results: return .retry
            case .create, .show, .update, .delete, .process: return .reject
            }
        case .status(let status): return Self.disposition(of: status, at: call)
        }
    }

    private static func disposition(
        of status: Int, at call: OCRInvoiceCall
    ) -> ServiceFailure.Disposition {
        switch (status, call) {
        case (401, _), (402, _): return .holdAccount
        // One job that is not ours to touch is no fault of the account.
        case (403, _): return call.isOfOneJob ? .askProbe : .holdAccount
        // What no document causes: redirects, a proxy's login, too many calls, a network's login (RFC 6585).
        case (300..<400, _), (407, _), (429, _), (511, _): return .noAnswer(isServiceWide: true)
        case (408, _), (425, _), (500..., _): return .noAnswer(isServiceWide: call == .probe)
        // The wrong endpoint, or a header that the service does not know. Only the probe's own answer shows which.
        case (400..<500, .probe): return .holdAccount
        case (404, _), (410, _): return call.isOfOneJob ? .retry : .noAnswer(isServiceWide: true)
        case (400..<500, .list), (400..<500, .find): return .retrySeldom
        // A template that there is not is every document's fault: three of them in a row hold the account.
        case (400, .create), (422, .create): return .rejectUnexplained
        // Something between us and the service made it up.
        case (400..<500, _) where !meaningful.contains(status): return .noAnswer(isServiceWide: false)
        case (400..<500, .results): return .retry
        case (400..<500, _): return .reject
        default: return .noAnswer(isServiceWide: call == .probe)
        }
    }

    func failure(at call: OCRInvoiceCall) -> ServiceFailure {
        let disposition = disposition(at: call)
        // Of these nobody can say what may not be quoted: they know no document.
        let knowsNone = [.probe, .list, .find, .delete].contains(call)
        return ServiceFailure(
            code: code, message: knowsNone || Self.isOfAccount(disposition) ? plain : message, disposition: disposition,
            mayHaveActed: (call == .create || call == .process) && mayHaveActed, retryAfter: retryAfter)
    }

    /// Whether it may be kept as what is wrong with the account: that is not about this document.
    private static func isOfAccount(_ disposition: ServiceFailure.Disposition) -> Bool {
        [.holdAccount, .askProbe, .noAnswer(isServiceWide: true)].contains(disposition)
    }

    /// Whether the service may have acted although no answer says so.
    var mayHaveActed: Bool {
        switch kind {
        case .unreachable, .untrusted, .proxyFailed, .unusable, .refused: false
        case .unanswered, .unintelligible, .tooLong: true
        case .status(let status): !Self.refusals.contains(status)
        }
    }

    /// What is said before anything is done (RFC 9110 §15.5, RFC 6585).
    private static let refusals: Set = [
        400, 401, 402, 403, 404, 405, 406, 407, 409, 410, 411, 413, 414, 415, 422, 425, 429, 431,
    ]

    /// Whether a refusal may mean that it was done already. The page calls a job's number unique, and does not say how a taken one
    /// is refused, or a second process.
    var mayMeanTaken: Bool { [.status(400), .status(409), .status(422), .refused].contains(kind) }
}
