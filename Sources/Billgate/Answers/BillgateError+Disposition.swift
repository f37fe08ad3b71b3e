import RemoteServices

/// The call that failed, as far as its failure depends on it.
enum BillgateStep: Sendable, Equatable, CaseIterable {
    /// It makes a document.
    case create
    /// It asks for a document of ours.
    case link
    /// It looks through a list.
    case find
    /// It keeps the record of a buyer: it can be repeated, because records are found by their code.
    case customer
    /// It takes a document back. It can be repeated.
    case withdraw
    case probe
}

extension BillgateError {
    /// What a failed call means for the sale and the account. This is the one table of it, and all of it is inferred: the page
    /// documents no refusal at all.
    ///
    /// A 409 to a create, and a 404 about a document of ours, are looked into before this is asked (``BillgateService``).
    func disposition(at step: BillgateStep) -> ServiceFailure.Disposition {
        switch kind {
        case .unreachable, .untrusted, .proxyFailed: return .noAnswer(isServiceWide: true)
        case .unanswered, .unintelligible, .tooLong: return .noAnswer(isServiceWide: step == .probe)
        case .unusable: return .holdAccount
        case .status(let status):
            switch (status, step) {
            // This document may not be deleted: it was paid, or sent on. No sale waits for that.
            case (400, .withdraw), (405, .withdraw), (409, .withdraw), (422, .withdraw): return .reject
            case (403, .withdraw): return .askProbe
            case (401...403, _): return .holdAccount
            case (400, .create), (422, .create), (400, .customer), (422, .customer): return .rejectUnexplained
            case (409, .create), (409, .customer): return .reject
            // Too long, as a whole or in a part: it will not get shorter.
            case (413, .create), (414, .create), (431, .create), (413, .customer), (414, .customer), (431, .customer):
                return .reject
            case (404, .link), (404, .withdraw): return .retry
            // The wrong endpoint, or a key for another product. Only the probe's own answer shows which.
            case (400, .probe), (404, .probe), (422, .probe): return .holdAccount
            case (404, _): return .noAnswer(isServiceWide: true)
            case (400, .link), (409, .link), (422, .link), (400, .find), (409, .find), (422, .find):
                return .retrySeldom
            default: return .noAnswer(isServiceWide: step == .probe || Self.isOfProvider(status))
            }
        }
    }

    func failure(at step: BillgateStep) -> ServiceFailure {
        ServiceFailure(
            code: code, message: message, disposition: disposition(at: step),
            mayHaveActed: step == .create && mayHaveActed, retryAfter: retryAfter)
    }

    /// Whether Billgate may have made a document although no answer says so.
    var mayHaveActed: Bool {
        switch kind {
        case .unreachable, .untrusted, .proxyFailed, .unusable: false
        case .unanswered, .unintelligible, .tooLong: true
        case .status(let status): ![400, 401, 402, 403, 404, 409, 413, 414, 422, 429, 431].contains(status)
        }
    }

    /// What no sale causes: redirects, a proxy's login, too many calls, a network's login (RFC 6585).
    private static func isOfProvider(_ status: Int) -> Bool {
        (300..<400).contains(status) || [407, 429, 511].contains(status)
    }
}
