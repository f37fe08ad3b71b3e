import NIOHTTP1

/// The calls of the API that we use.
enum BillgateCall: Sendable, Hashable, CaseIterable {
    case probe
    case create(DocumentKind), show(DocumentKind), list(DocumentKind), delete(DocumentKind)
    case listCustomers, createCustomer
    /// What staff ask about bills and the books beside them.
    case billing(BillgateOperation)

    static let allCases: [BillgateCall] =
        [.probe] + DocumentKind.allCases.flatMap { [.create($0), .show($0), .list($0), .delete($0)] }
        + [.listCustomers, .createCustomer] + BillgateOperation.allCases.map { .billing($0) }

    /// Their names in metrics, each once.
    static let metrics = allCases.map(\.metric).reduce(into: [String]()) { names, name in
        if !names.contains(name) { names.append(name) }
    }

    var method: HTTPMethod {
        switch self {
        case .probe, .show, .list, .listCustomers: .GET
        case .create, .createCustomer: .POST
        case .delete: .DELETE
        case .billing(let operation): operation.terms.method
        }
    }

    /// The status that the page documents for it.
    var status: Int {
        switch self {
        case .probe, .delete: 204
        case .create(let kind): kind.createdStatus
        case .show, .list, .listCustomers, .createCustomer: 200
        case .billing(let operation): operation.terms.status
        }
    }

    var hasAnswer: Bool {
        switch self {
        case .probe, .delete: false
        case .billing(let operation): operation.terms.hasAnswer
        default: true
        }
    }

    /// Whether a customer waits for it, and it goes before look-ups.
    var isOfSale: Bool {
        switch self {
        case .probe, .create, .show, .listCustomers, .createCustomer: true
        case .list, .delete, .billing: false
        }
    }

    /// Its name in metrics.
    var metric: String {
        switch self {
        case .probe: "authorized"
        case .create(let kind): "create_\(kind.rawValue)"
        case .show(let kind): "show_\(kind.rawValue)"
        case .list(let kind): "list_\(kind.rawValue)s"
        case .delete(let kind): "delete_\(kind.rawValue)"
        case .listCustomers: "list_customers"
        case .createCustomer: "create_customer"
        case .billing(let operation): operation.metric
        }
    }
}
