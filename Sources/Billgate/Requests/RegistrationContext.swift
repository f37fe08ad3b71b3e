import Sales

/// What is kept beside a registration's request, and is not sent in it: which call it is for, and its buyer's branch.
struct RegistrationContext: Sendable, Equatable {
    let kind: DocumentKind
    /// Of a buyer who has one: then it has a customer record at Billgate, because a request has no member for it.
    let branch: BranchID?

    init(_ kind: DocumentKind, branch: BranchID? = nil) {
        self.kind = kind
        self.branch = branch
    }

    init(of sale: Sale) {
        kind = DocumentKind(of: sale)
        branch = if case .taxID(_, let branch)? = sale.buyer?.identity { branch } else { nil }
    }

    /// As it is kept; nil if no version of the gateway wrote that.
    init?(_ text: String?) {
        let parts = (text ?? "").split(separator: " ")
        guard (1...2).contains(parts.count), let kind = DocumentKind(rawValue: String(parts[0])) else { return nil }
        self.kind = kind
        branch = parts.count == 2 ? BranchID(String(parts[1])) : nil
        guard parts.count == 1 || branch != nil else { return nil }
    }

    /// As it is kept.
    var text: String { [kind.rawValue, branch?.text].compactMap(\.self).joined(separator: " ") }
}
