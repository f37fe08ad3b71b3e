import Gateway
import GatewayAPI
import HummingbirdCore
import Sales

/// `amount=120.00&sale=…&terminal_id=POS-01&wait=checked&timeout=15s`, the first three without a sale in the path.
struct SlipQuery {
    /// A slip takes a little longer than a registration.
    private static let usualWait: Duration = .seconds(15)
    private static let goal = "checked"
    private static let waiting = ["wait", "timeout"]
    /// Of a terminal's id, in Unicode scalars: what a sale may have.
    private static let terminalLength = 1...64
    private static let places = 2

    let target: SlipTarget
    /// Nil to wait for nothing.
    let wait: Duration?

    /// - Parameter sale: the one that the path names.
    init(_ parameters: FlatDictionary<Substring, Substring>, of sale: TransactionID) throws {
        try parameters.check(known: Self.waiting)
        wait = try Self.wait(parameters)
        target = SlipTarget(.sale(sale))
    }

    init(_ parameters: FlatDictionary<Substring, Substring>) throws {
        try parameters.check(known: ["amount", "sale", "terminal_id"] + Self.waiting)
        wait = try Self.wait(parameters)
        var faults: [SaleFault] = []
        let amount = parameters["amount"].flatMap(Self.amount)
        if amount == nil {
            let found = parameters["amount"].map { "found \"\($0.prefix(40))\"" } ?? "found none"
            faults.append(
                SaleFault(
                    pointer: "",
                    detail: "amount: expected baht above 0 with at most two decimal places, such as 120.00, \(found)"))
        }
        let sale = parameters["sale"].map { TransactionID(String($0)) }
        if case .some(nil) = sale {
            faults.append(SaleFault(pointer: "", detail: "sale: expected a transaction_id, \(TransactionID.rule)"))
        }
        let terminal = parameters["terminal_id"].map(String.init)
        if let terminal, !Self.terminalLength.contains(terminal.unicodeScalars.count) {
            faults.append(SaleFault(pointer: "", detail: "terminal_id: expected 1 to 64 characters"))
        }
        guard faults.isEmpty, let amount else { throw OperationError.invalidRequest(faults) }
        target = SlipTarget(.amount(amount, sale: sale ?? nil), terminal: terminal)
    }

    private static func wait(_ parameters: FlatDictionary<Substring, Substring>) throws -> Duration? {
        let timeout = try WaitTimeout(parameters, usual: usualWait)
        guard let text = parameters["wait"] else { return nil }
        guard text == goal else {
            throw ProblemError(.badRequest("wait: expected \(goal), found \"\(text.prefix(40))\""))
        }
        return timeout.duration
    }

    /// A third decimal place is refused even if it is a zero: no customer pays it.
    private static func amount(_ text: Substring) -> Money? {
        guard let number = DecimalNumber(String(text)), number.millionths > 0 else { return nil }
        let fraction = text.firstIndex(of: ".").map { text[text.index(after: $0)...].count } ?? 0
        return fraction <= places ? Money(satang: number.millionths / 10_000) : nil
    }
}
