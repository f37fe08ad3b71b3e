/// An exact decimal of up to 12 digits before and 6 behind the point, as tills send them: `"15"`, `"-0.50"`.
public struct DecimalNumber: Sendable, Equatable, CustomStringConvertible {
    /// The accepted format, for messages.
    public static let rule =
        "a decimal string such as \"15\" or \"-1234.50\" (up to 12 digits, then up to 6 decimal places)"
    static let scale: Int64 = 1_000_000

    /// The number as it was given.
    public let text: String
    /// The number times 1,000,000: always exact.
    public let millionths: Int64

    /// For a text that is known to be a decimal.
    init(millionths: Int64, text: String) {
        self.text = text
        self.millionths = millionths
    }

    /// nil if `text` is not `-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?`.
    public init?(_ text: String) {
        var rest = text.utf8[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest = rest.dropFirst() }
        let whole = rest.prefix { $0 != UInt8(ascii: ".") }
        let hasPoint = whole.count < rest.count
        let fraction = rest.dropFirst(whole.count + 1)
        guard (1...12).contains(whole.count), whole.first != UInt8(ascii: "0") || whole.count == 1,
            hasPoint ? (1...6).contains(fraction.count) : fraction.isEmpty
        else { return nil }
        var value: Int64 = 0
        for byte in whole {
            guard let digit = Self.digit(byte) else { return nil }
            value = value * 10 + digit
        }
        value *= Self.scale
        var place = Self.scale
        for byte in fraction {
            guard let digit = Self.digit(byte) else { return nil }
            place /= 10
            value += digit * place
        }
        self.text = text
        millionths = isNegative ? -value : value
    }

    public var description: String { text }
    public var isNegative: Bool { millionths < 0 }

    /// The sum, with as many decimal places as the longer of the two; nil if it has more than 12 digits before the point.
    public func adding(_ other: DecimalNumber) -> DecimalNumber? {
        let (sum, overflows) = millionths.addingReportingOverflow(other.millionths)
        guard !overflows else { return nil }
        let places = max(decimalPlaces, other.decimalPlaces)
        let (whole, fraction) = (sum.magnitude / Self.scale.magnitude, sum.magnitude % Self.scale.magnitude)
        let point = places == 0 ? "" : "." + String(Self.scale.magnitude + fraction).dropFirst().prefix(places)
        return DecimalNumber((sum < 0 ? "-" : "") + String(whole) + point)
    }

    /// How many digits are needed to say it: `0.0150` has two, and `1500` has two.
    public var significantDigits: Int {
        let digits = text.utf8.filter((UInt8(ascii: "0")...UInt8(ascii: "9")).contains).drop { $0 == UInt8(ascii: "0") }
        return digits.lastIndex { $0 != UInt8(ascii: "0") }.map { digits[...$0].count } ?? 0
    }

    private var decimalPlaces: Int {
        text.utf8.firstIndex(of: UInt8(ascii: ".")).map { text.utf8[$0...].count - 1 } ?? 0
    }

    /// The same number in any spelling: `15` equals `15.00`.
    public func hasSameValue(as other: DecimalNumber) -> Bool { millionths == other.millionths }

    private static func digit(_ byte: UInt8) -> Int64? {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int64(byte - UInt8(ascii: "0")) : nil
    }
}
