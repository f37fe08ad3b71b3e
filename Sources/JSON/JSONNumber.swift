/// A JSON number as its digits, so it loses nothing on the way through.
public struct JSONNumber: Sendable, Equatable {
    /// The number as it was written, in JSON's grammar.
    public let text: String

    /// For a text that is known to be a number in that grammar.
    package init(grammatical text: String) {
        self.text = text
    }

    public init(_ integer: Int) {
        text = String(integer)
    }

    /// One spelling for all spellings of the same number: `1`, `1.0` and `10e-1` are all `1e0`.
    public var canonical: String {
        var rest = text[...]
        let isNegative = rest.first == "-"
        if isNegative { rest = rest.dropFirst() }
        let parts = rest.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        let mantissa = parts.first ?? ""
        let whole = mantissa.prefix { $0 != "." }
        let fraction = mantissa.dropFirst(whole.count + 1)
        var digits = (whole + fraction).drop { $0 == "0" }
        guard !digits.isEmpty else { return "0e0" }
        let trailingZeros = digits.count - (digits.lastIndex { $0 != "0" }.map { digits[...$0].count } ?? 0)
        digits = digits.dropLast(trailingZeros)
        let shift = trailingZeros - fraction.count
        let exponent: Int
        if parts.count == 1 {
            exponent = shift
        } else if let written = Int(parts[1]), case (let sum, false) = written.addingReportingOverflow(shift) {
            exponent = sum
        } else {
            // An exponent too large for Int stays as written, with its mantissa: the canonical form is read again and
            // has to be a number.
            let places = fraction.lastIndex { $0 != "0" }.map { "." + fraction[...$0] } ?? ""
            return (isNegative ? "-" : "") + whole + places + "e" + parts[1]
        }
        return (isNegative ? "-" : "") + digits + "e" + String(exponent)
    }

    public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
        left.text == right.text || left.canonical == right.canonical
    }
}
