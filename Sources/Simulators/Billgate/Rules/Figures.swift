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
}
