import Foundation

extension SlimeSimulator {
    /// What the simulator makes of a sale's amounts. The API page says that `show` gives a `trade_value`, and neither how
    /// amounts are rounded nor whether VAT is in it: so it can be had in each way.
    public struct TradeValueRule: Sendable, Equatable {
        public enum Rounding: Sendable, CaseIterable {
            /// Each line is rounded to the satang before it is added.
            case line
            /// The sum is exact and rounded once.
            case total
        }

        public var rounding: Rounding
        public var includesVAT: Bool

        public init(rounding: Rounding = .total, includesVAT: Bool = true) {
            self.rounding = rounding
            self.includesVAT = includesVAT
        }
    }
}

/// The lines of a stub added up.
struct TradeSums {
    private let rule: SlimeSimulator.TradeValueRule
    private var vatable = Decimal.zero
    private var exempt = Decimal.zero

    init(by rule: SlimeSimulator.TradeValueRule) {
        self.rule = rule
    }

    mutating func add(price: String, quantity: String, vatable isVatable: Bool) {
        let exact = (Decimal(string: price) ?? .nan) * (Decimal(string: quantity) ?? .nan)
        let value = rule.rounding == .line ? Self.rounded(exact) : exact
        if isVatable { vatable += value } else { exempt += value }
    }

    /// As the API writes decimals: `90.0`; nil where it cannot be computed.
    func tradeValue(vatIncluded: Bool, rate: Decimal) -> String? {
        guard vatable.isFinite, exempt.isFinite, rate.isFinite else { return nil }
        let listed = Self.rounded(vatable + exempt)
        let base = Self.rounded(vatable)
        let vat = Self.rounded(vatIncluded ? base * rate / (1 + rate) : base * rate)
        let value =
            switch (vatIncluded, rule.includesVAT) {
            case (true, true), (false, false): listed
            case (true, false): listed - vat
            case (false, true): listed + vat
            }
        guard value.isFinite else { return nil }
        let text = "\(value)"
        return text.contains(".") ? text : text + ".0"
    }

    private static func rounded(_ value: Decimal) -> Decimal {
        guard value.isFinite else { return value }
        var (value, result) = (value, Decimal())
        NSDecimalRound(&result, &value, 2, .plain)
        return result
    }
}
