public import Sales

/// What a slip has to show: how much was to be paid, and when.
public struct SlipPayment: Sendable, Equatable {
    public let amount: Money
    /// The sale's day; of a slip that came before its sale, the day on which it came.
    public let day: BangkokDay

    public init(_ amount: Money, on day: BangkokDay) {
        self.amount = amount
        self.day = day
    }
}

extension SlipTerms {
    /// How much of a sale was to be paid by transfer: what the till says was paid so, else all of it.
    ///
    /// - Parameter rounding: what the counter rounded off.
    public func amount(of payments: [Payment], rounding: DecimalNumber?, total: Money) -> Money {
        let methods = Set(methods.map { $0.lowercased() })
        let transfers = payments.filter { methods.contains($0.method.lowercased()) }
        let whole = ExactAmount(total) + (rounding.map { ExactAmount($0) } ?? .zero)
        let transferred = transfers.reduce(.zero) { $0 + ExactAmount($1.amount) }
        return (transfers.isEmpty ? whole : transferred).money ?? total
    }
}
