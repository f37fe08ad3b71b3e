import JSON
import Sales

/// A document as Billgate shows it, alone or in a list, as far as it can be compared with a request of ours.
struct ListedDocument: Sendable, Equatable {
    let id: String?
    let number: String?
    let name: String?
    let issueDay: BangkokDay?
    let customer: JSONObject?
    /// nil if the answer has a total of 0 beside a subtotal, as the page's own examples have: it says nothing.
    let total: ProviderTotal?

    init(_ entry: JSONObject) {
        id = entry.text("id")
        number = entry.text("number")
        name = entry.text("name")
        issueDay = entry.text("issue_date").flatMap { BangkokDay(String($0.prefix(10))) }
        customer = entry.object("customer")
        let total = ProviderTotal(billgate: entry["total"])
        let subtotal = ProviderTotal(billgate: entry["subtotal"])
        let saysNothing = total == .amount(.zero) && subtotal != .unreadable && subtotal != .amount(.zero)
        self.total = saysNothing ? nil : total
    }

    /// By what it is known again when a list is read further.
    var identity: String { id ?? "number \(number ?? "")" }
}

extension ProviderTotal {
    /// The longest that an amount of money is, by far; and as many places as it keeps.
    private static let digits = 12

    /// To the satang: what a binary fraction adds far behind the point is no difference.
    init(billgate value: JSONValue?) {
        guard case .number(let number)? = value, let plain = Self.plain(number) else {
            self = .unreadable
            return
        }
        self = ExactAmount(plain).map { .amount($0.rounded) } ?? .unreadable
    }

    /// `12000000` for `1.2E7`; places that no amount keeps are left out. nil if it is too large for money.
    private static func plain(_ number: JSONNumber) -> String? {
        let parts = number.canonical.split(separator: "e")
        guard parts.count == 2, let exponent = Int(parts[1]) else { return nil }
        let sign = parts[0].hasPrefix("-") ? "-" : ""
        let digits = parts[0].drop { $0 == "-" }
        guard digits != "0" else { return "0" }
        let (point, isTooLarge) = digits.count.addingReportingOverflow(exponent)
        guard !isTooLarge, point <= Self.digits else { return nil }
        guard point > 0 else {
            let zeros = String(repeating: "0", count: min(-point, Self.digits))
            return sign + "0." + (zeros + digits).prefix(Self.digits)
        }
        let whole = digits.prefix(point) + String(repeating: "0", count: max(point - digits.count, 0))
        let fraction = digits.dropFirst(point).prefix(Self.digits)
        return sign + whole + (fraction.isEmpty ? "" : "." + fraction)
    }
}
