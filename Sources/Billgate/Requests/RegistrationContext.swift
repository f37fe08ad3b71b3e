import Sales

/// What is kept beside a registration's request, and is not sent in it: which call it is for, its buyer's branch, and which
/// prefix of numbers was configured when it was made.
struct RegistrationContext: Sendable, Equatable {
    let kind: DocumentKind
    /// Of a buyer who has one: then it has a customer record at Billgate, because a request has no member for it.
    let branch: BranchID?
    let numberPrefix: String

    init(_ kind: DocumentKind, branch: BranchID? = nil, numberPrefix: String = "") {
        self.kind = kind
        self.branch = branch
        self.numberPrefix = numberPrefix
    }

    init(of sale: Sale, as kind: DocumentKind, numberPrefix: String) {
        self.kind = kind
        branch = if case .taxID(_, let branch)? = sale.buyer?.identity { branch } else { nil }
        self.numberPrefix = numberPrefix
    }

    /// As it is kept; nil if no version of the gateway wrote that.
    init?(_ text: String?) {
        let parts = (text ?? "").split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let kind = DocumentKind(rawValue: parts[0]) else { return nil }
        self.kind = kind
        branch = BranchID(parts[1])
        guard parts[1] == Self.noBranch || branch != nil else { return nil }
        numberPrefix = parts[2]
    }

    private static let noBranch = "-"

    /// As it is kept.
    var text: String { "\(kind.rawValue) \(branch?.text ?? Self.noBranch) \(numberPrefix)" }
}
