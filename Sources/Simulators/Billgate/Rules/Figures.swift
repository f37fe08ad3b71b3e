import Foundation

/// How numbers are read, computed and written: in decimals, and rounded where somebody says so.
struct Figures {
    let reading: BillgateSimulator.Leeway.Numbers
    /// Whether amounts may be below zero.
    let takesNegative: Bool

    init(_ leeway: BillgateSimulator.Leeway) {
        (reading, takesNegative) = (leeway.numbers, leeway.takesNegativeAmounts)
    }

    /// nil if it is too large to compute with.
    func read(_ spelling: String) -> Decimal? {
        guard let double = Double(spelling), abs(double) < 1e25 else { return nil }
        let number = Decimal(string: reading == .double ? "\(double)" : spelling)
        return number.flatMap { $0.isFinite ? $0 : nil }
    }

    /// To the satang, half up.
    static func satang(_ value: Decimal) -> Decimal { rounded(value, 2) }

    static func rounded(_ value: Decimal, _ places: Int) -> Decimal {
        guard value.isFinite else { return value }
        var (value, result) = (value, Decimal())
        NSDecimalRound(&result, &value, places, .plain)
        return result
    }
}

extension JSONValue {
    static func amount(_ value: Decimal) -> JSONValue { .number("\(value)") }

    static func count(_ value: Int) -> JSONValue { .number(String(value)) }

    /// The same, with every number as some servers write a binary fraction.
    var withExponents: JSONValue {
        switch self {
        case .number(let spelling): .number(Self.withExponent(spelling))
        case .array(let values): .array(values.map(\.withExponents))
        case .object(let members): .object(members.mapValues(\.withExponents))
        case .null, .bool, .string: self
        }
    }

    /// `1.205E2` for 120.5.
    private static func withExponent(_ spelling: String) -> String {
        let sign = spelling.hasPrefix("-") ? "-" : ""
        let parts = spelling.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        let digits = parts.joined()
        guard parts[0].allSatisfy(\.isNumber), let first = digits.firstIndex(where: { $0 != "0" }) else {
            return spelling
        }
        let exponent = parts[0].count - 1 - digits.distance(from: digits.startIndex, to: first)
        let rest = digits[digits.index(after: first)...]
        return "\(sign)\(digits[first]).\(rest.isEmpty ? "0" : rest)E\(exponent)"
    }
}
