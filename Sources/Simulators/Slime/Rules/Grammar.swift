/// The shapes of text that the API page asks for.
enum Grammar {
    /// `/^[-_\/a-zA-Z0-9]+$/`, of transaction and product ids.
    static func isIdentifier(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39: true
                case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"): true
                default: false
                }
            }
    }

    /// `/^\d{5}$/`, of a branch.
    static func isBranch(_ text: String) -> Bool {
        text.utf8.count == 5 && text.utf8.allSatisfy(isDigit)
    }

    /// `/^#[0-9a-fA-F]{6}$/`, of the theme retail-hatsu.
    static func isColor(_ text: String) -> Bool {
        text.utf8.count == 7 && text.utf8.first == UInt8(ascii: "#")
            && text.unicodeScalars.dropFirst().allSatisfy(\.properties.isASCIIHexDigit)
    }

    /// "Decimal as String": digits with at most one point between them, and a minus sign where there is need of one. The
    /// page gives no grammar; exponents, plus signs, blanks and thousands separators are no plain decimals.
    static func isDecimal(_ text: String) -> Bool {
        var digits = text.utf8[...]
        if digits.first == UInt8(ascii: "-") { digits = digits.dropFirst() }
        let parts = digits.split(separator: UInt8(ascii: "."), maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) }
    }

    /// An instant in the extended format of ISO 8601: date, `T`, time, and `Z` or an offset.
    static func isTimestamp(_ text: String) -> Bool {
        var reader = Reader(rest: text.utf8[...])
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), reader.take("T"), let hour = reader.number(2), reader.take(":"),
            let minute = reader.number(2), (1...12).contains(month), (1...length(of: month, in: year)).contains(day),
            hour <= 23, minute <= 59
        else { return false }
        if reader.take(":") {
            guard let second = reader.number(2), second <= 60 else { return false }
            if reader.take(".") || reader.take(",") {
                guard reader.digits() > 0 else { return false }
            }
        }
        if reader.take("Z") { return reader.rest.isEmpty }
        guard reader.take("+") || reader.take("-"), let hours = reader.number(2), hours <= 23 else { return false }
        if reader.rest.isEmpty { return true }
        _ = reader.take(":")
        guard let minutes = reader.number(2), minutes <= 59 else { return false }
        return reader.rest.isEmpty
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func length(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private struct Reader {
        var rest: Substring.UTF8View

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest = rest.dropFirst()
            return true
        }

        mutating func number(_ width: Int) -> Int? {
            let digits = rest.prefix(width)
            guard digits.count == width, digits.allSatisfy(Grammar.isDigit) else { return nil }
            rest = rest.dropFirst(width)
            return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }

        mutating func digits() -> Int {
            let digits = rest.prefix(while: Grammar.isDigit)
            rest = rest.dropFirst(digits.count)
            return digits.count
        }
    }
}
