/// An amount in baht, exact to the satang (1/100).
public struct Money: Sendable, Hashable, Comparable, CustomStringConvertible {
    public static let zero = Money(satang: 0)
    /// Sums above this are refused: 999,999,999,999.99 baht, the most that a decimal of a sale can say.
    public static let maximum = Money(satang: 99_999_999_999_999)

    public let satang: Int64

    public init(satang: Int64) {
        self.satang = satang
    }

    /// `dividend / divisor` satang by the rule of ``RoundingRule``; nil where that is beyond ``maximum``.
    init?(rounding dividend: Int128, over divisor: Int128) {
        let magnitude = (dividend.magnitude + divisor.magnitude / 2) / divisor.magnitude
        guard magnitude <= UInt128(Self.maximum.satang.magnitude) else { return nil }
        let satang = Int64(magnitude)
        self.init(satang: dividend < 0 ? -satang : satang)
    }

    /// `1234.50`, as in JSON.
    public var plain: String { sign + String(whole) + "." + cents }

    /// `1,234.50`, as on paper.
    public var grouped: String {
        let digits = Array(String(whole))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return sign + text + "." + cents
    }

    public var description: String { plain }

    public static func < (left: Money, right: Money) -> Bool { left.satang < right.satang }
    public static func + (left: Money, right: Money) -> Money { Money(satang: left.satang + right.satang) }
    public static func - (left: Money, right: Money) -> Money { Money(satang: left.satang - right.satang) }

    private var sign: String { satang < 0 ? "-" : "" }
    private var whole: UInt64 { satang.magnitude / 100 }
    private var cents: String {
        let cents = satang.magnitude % 100
        return cents < 10 ? "0\(cents)" : String(cents)
    }
}
