import RemoteServices
import Sales

/// The failed call, as far as its failure depends on it.
enum SlimeStep: Sendable, Equatable {
    /// It makes a sale's transaction.
    case initiate(DocumentType)
    case show, hello
    /// A question about what is there already, or its tags.
    case lookUp
}

extension SlimeError {
    /// What a failed call means for the sale and the account. This is the one table of it.
    ///
    /// - Parameter namesItsTheme: whether the event, not the configuration, chose the theme.
    func disposition(at step: SlimeStep, namesItsTheme: Bool) -> ServiceFailure.Disposition {
        switch kind {
        case .unreachable, .untrusted, .proxyFailed: .noAnswer(isServiceWide: true)
        case .unexpectedStatus(let status): .noAnswer(isServiceWide: Self.isOfProvider(status))
        case .unanswered, .unintelligible: .noAnswer(isServiceWide: false)
        case .unusable: .holdAccount
        case .exception(let exception):
            switch exception.meaning {
            // Only initiating makes a transaction; from show it counts as unknown.
            case .alreadyInitiated: step.initiates ? .alreadyActed : .retrySeldom
            case .transient: .retry
            case .unknown, .placeLost: .retrySeldom
            // A clock that was corrected once and is refused again.
            case .accountWide, .clock: .holdAccount
            case .requestRefused: .askProbe
            case .thisSale: .reject
            case .theme: namesItsTheme || exception.isOfDocument(of: step) ? .reject : .holdAccount
            }
        }
    }

    func failure(at step: SlimeStep, namesItsTheme: Bool = false) -> ServiceFailure {
        ServiceFailure(
            code: code, message: message, disposition: disposition(at: step, namesItsTheme: namesItsTheme),
            mayHaveActed: mayHaveActed, retryAfter: retryAfter)
    }

    /// What no sale causes: redirects, a proxy's login, too many calls, a network's login (RFC 6585). A sale may cause
    /// a 403: some firewalls read along and object to texts.
    private static func isOfProvider(_ status: Int) -> Bool {
        (300..<400).contains(status) || [407, 429, 511].contains(status)
    }

    /// For metrics.
    var outcome: String {
        switch kind {
        case .unreachable: "unreachable"
        case .untrusted: "untrusted"
        case .proxyFailed: "proxy"
        case .unanswered: "unanswered"
        case .unexpectedStatus: "status"
        case .unintelligible: "unintelligible"
        case .exception: "exception"
        case .unusable: "unusable"
        }
    }
}

extension SlimeStep {
    fileprivate var initiates: Bool {
        if case .initiate = self { true } else { false }
    }
}

extension SlimeException {
    /// Whether the theme lacks a document that few sales ask for: it may serve all others, and they go on.
    fileprivate func isOfDocument(of step: SlimeStep) -> Bool {
        guard code == .unsupportedDocumentType, case .initiate(let type) = step else { return false }
        return type != .taxInvoiceStub
    }
}
