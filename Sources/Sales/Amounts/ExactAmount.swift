/// An amount in baht that may have places below the satang: a price of six decimal places times a quantity of six has
/// twelve, and it keeps them all.
public struct ExactAmount: Sendable, Hashable, Comparable {
    public static let zero = ExactAmount(trillionths: 0)
    private static let perBaht: Int128 = 1_000_000_000_000
    private static let perMillionth: Int128 = 1_000_000
    private static let perSatang: Int128 = 10_000_000_000

    /// The amount times 10¹². A product of two decimals is below 10³⁷, and 1.7 × 10³⁸ fit.
    private let trillionths: Int128

    private init(trillionths: Int128) {
        self.trillionths = trillionths
    }

    public init(_ price: DecimalNumber, times quantity: DecimalNumber) {
        self.init(trillionths: Int128(price.millionths) * Int128(quantity.millionths))
    }

    public init(_ number: DecimalNumber) {
        self.init(trillionths: Int128(number.millionths) * Self.perMillionth)
    }

    /// A decimal from another system: digits, and digits behind a point, with any zeros at either end. nil if `text` is
    /// none, or has more digits than an amount of money can have.
    public init?(_ text: String) {
        var rest = text.utf8[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest = rest.dropFirst() }
        let parts = rest.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) })
        else { return nil }
        let whole = parts[0].drop { $0 == UInt8(ascii: "0") }
        var fraction = parts.count == 2 ? Array(parts[1]) : []
        while fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
        guard whole.count <= 12, fraction.count <= 12 else { return nil }
        fraction += Array(repeating: UInt8(ascii: "0"), count: 12 - fraction.count)
        let value = (whole + fraction).reduce(Int128(0)) { $0 * 10 + Int128($1 - UInt8(ascii: "0")) }
        self.init(trillionths: isNegative ? -value : value)
    }

    public init(_ money: Money) {
        self.init(trillionths: Int128(money.satang) * Self.perSatang)
    }

    /// The nearest whole satang, by the rule of ``RoundingRule``.
    public var rounded: ExactAmount {
        let half = UInt128(Self.perSatang.magnitude / 2)
        let satang = Int128((trillionths.magnitude + half) / Self.perSatang.magnitude)
        return ExactAmount(trillionths: (trillionths < 0 ? -satang : satang) * Self.perSatang)
    }

    /// Rounded to the satang; nil if it is beyond ``Money/maximum``.
    public var money: Money? { Money(rounding: trillionths, over: Self.perSatang) }

    /// `1,234.50`, as on paper: two decimal places, or more if the amount has them.
    public var grouped: String {
        var fraction = Array(
            String(Self.perBaht.magnitude + trillionths.magnitude % Self.perBaht.magnitude).dropFirst())
        while fraction.count > 2, fraction.last == "0" { fraction.removeLast() }
        let digits = Array(String(trillionths.magnitude / Self.perBaht.magnitude))
        var text = trillionths < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text + "." + String(fraction)
    }

    /// `1234.50`: the same digits, for programs.
    public var plain: String { grouped.replacing(",", with: "") }

    public var isNegative: Bool { trillionths < 0 }

    /// How many digits are needed to say it: `0.0150` has two, and `1500` has two.
    public var significantDigits: Int {
        var rest = trillionths.magnitude
        guard rest > 0 else { return 0 }
        while rest.isMultiple(of: 10) { rest /= 10 }
        return String(rest).count
    }

    public static func < (left: ExactAmount, right: ExactAmount) -> Bool { left.trillionths < right.trillionths }
    public static prefix func - (amount: ExactAmount) -> ExactAmount { ExactAmount(trillionths: -amount.trillionths) }

    public static func - (left: ExactAmount, right: ExactAmount) -> ExactAmount { left + -right }

    /// Only for lines that are each in range; no list of them is long enough to overflow an Int128.
    public static func + (left: ExactAmount, right: ExactAmount) -> ExactAmount {
        ExactAmount(trillionths: left.trillionths + right.trillionths)
    }
}
