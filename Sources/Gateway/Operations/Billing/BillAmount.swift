import Foundation
import JSON
import Sales

/// What a bill asks for, and what staff say has come.
struct BillAmount {
    /// What is to be paid.
    let asked: Money

    /// Nil if the provider does not say.
    ///
    /// - Parameter bill: as the provider shows it.
    init?(askedBy bill: JSONObject) {
        // A bill of 0 is none: the provider has not counted yet.
        guard let amount = Self.paid(in: bill) ?? Self.total(in: bill), let asked = Money(rounding: amount) else {
            return nil
        }
        self.asked = asked
    }

    /// What is wrong with the amount of a payment; nil if it is what the bill asks for.
    func fault(of payment: JSONObject) -> SaleFault? {
        guard case .number(let number)? = payment["amount"] else { return nil }
        let paid = Decimal(string: number.text)
        if let paid, paid == Decimal(asked.satang) / 100 { return nil }
        return SaleFault(
            pointer: "/amount",
            detail: "the bill asks for \(asked.plain), found \(number.text); "
                + "if that is what has come, say that it differs (\"differs\": true, or --differs)")
    }

    private static func paid(in bill: JSONObject) -> Decimal? { amount("paid_amount", in: bill) }

    /// The total without the tax that the customer withholds.
    private static func total(in bill: JSONObject) -> Decimal? {
        guard let total = amount("total", in: bill) else { return nil }
        guard case .object(let withheld)? = bill["withholding_tax"] else { return total }
        return total - (amount("amount", in: withheld) ?? 0)
    }

    /// Nil if it is not told: 0 is what the provider shows in place of a sum that it has not counted.
    private static func amount(_ member: String, in object: JSONObject) -> Decimal? {
        guard case .number(let number)? = object[member], let amount = Decimal(string: number.text), amount > 0 else {
            return nil
        }
        return amount
    }
}

extension Money {
    /// To the satang; nil beyond ``maximum``.
    fileprivate init?(rounding amount: Decimal) {
        var (exact, rounded) = (amount * 100, Decimal())
        NSDecimalRound(&rounded, &exact, 0, .plain)
        guard rounded <= Decimal(Self.maximum.satang) else { return nil }
        self.init(satang: NSDecimalNumber(decimal: rounded).int64Value)
    }
}
