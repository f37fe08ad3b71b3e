/// A running sum of products of two decimals, in units of 10⁻¹² baht: nothing is rounded before the end.
struct ExactSum {
    private static let perSatang: Int128 = 10_000_000_000

    private(set) var value: Int128 = 0
    /// Whether the sum left the range of ``Money``; it stays so.
    private(set) var hasOverflowed = false

    mutating func add(_ price: DecimalNumber, times quantity: DecimalNumber) {
        let product = Int128(price.millionths) * Int128(quantity.millionths)
        let (sum, overflow) = value.addingReportingOverflow(product)
        value = sum
        hasOverflowed = hasOverflowed || overflow
    }

    /// Rounded half up (away from zero for a negative sum) to the satang; nil where it is beyond ``Money/maximum``.
    var money: Money? {
        guard !hasOverflowed else { return nil }
        return Self.divide(value, by: Self.perSatang)
    }

    static func + (left: ExactSum, right: ExactSum) -> ExactSum {
        var result = left
        let (sum, overflow) = left.value.addingReportingOverflow(right.value)
        result.value = sum
        result.hasOverflowed = left.hasOverflowed || right.hasOverflowed || overflow
        return result
    }

    /// `dividend / divisor` in satang, half up.
    static func divide(_ dividend: Int128, by divisor: Int128) -> Money? {
        let magnitude = (dividend.magnitude + divisor.magnitude / 2) / divisor.magnitude
        guard magnitude <= UInt128(Money.maximum.satang.magnitude) else { return nil }
        let satang = Int64(magnitude)
        return Money(satang: dividend < 0 ? -satang : satang)
    }
}
