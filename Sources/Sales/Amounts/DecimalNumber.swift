/// An exact decimal of up to 12 digits before and 6 behind the point, as tills send them: `"15"`, `"-0.50"`.
public struct DecimalNumber: Sendable, Equatable, CustomStringConvertible {
    /// What an accepted decimal is, for messages.
    public static let rule =
        "a decimal string such as \"15\" or \"-1234.50\" (up to 12 digits, then up to 6 decimal places)"
    static let scale: Int64 = 1_000_000

    /// The number as it was given.
    public let text: String
    /// The number times 1,000,000: always exact.
    public let millionths: Int64

    /// For a number whose text is known to say it.
    init(millionths: Int64, text: String) {
        self.text = text
        self.millionths = millionths
    }

    /// nil where `text` is not `-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?`.
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

    /// The same number, whatever its spelling: `15` equals `15.00`.
    public func hasSameValue(as other: DecimalNumber) -> Bool { millionths == other.millionths }

    private static func digit(_ byte: UInt8) -> Int64? {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int64(byte - UInt8(ascii: "0")) : nil
    }
}
