/// Which printer a sale goes to: the one that lists its terminal, else the first that lists none, else the first.
public struct PrinterRouting: Sendable {
    public struct Route: Sendable {
        public let printer: String
        public let terminals: [String]

        public init(printer: String, terminals: [String]) {
            self.printer = printer
            self.terminals = terminals
        }
    }

    private let byTerminal: [String: String]
    public let names: [String]
    /// The printer for a sale that no printer lists.
    public let common: String

    /// nil if there is no printer.
    public init?(_ routes: [Route]) {
        guard let first = routes.first else { return nil }
        names = routes.map(\.printer)
        common = routes.first { $0.terminals.isEmpty }?.printer ?? first.printer
        byTerminal = Dictionary(
            routes.flatMap { route in route.terminals.map { ($0, route.printer) } },
            uniquingKeysWith: { first, _ in first })
    }

    public func printer(forTerminal terminal: String?) -> String {
        terminal.flatMap { byTerminal[$0] } ?? common
    }

    func fault(of name: String) -> String {
        "no printer is called \"\(name.prefix(64))\"; there are: \(names.joined(separator: ", "))"
    }
}
