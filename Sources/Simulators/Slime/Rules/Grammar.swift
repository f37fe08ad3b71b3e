import Foundation

/// The formats of text on the API page.
enum Grammar {
    /// `/^[-_\/a-zA-Z0-9]+$/`, for transaction and product ids.
    static func isIdentifier(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { isLetterOrDigit($0) || "-_/".utf8.contains($0) }
    }

    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39: true
        default: false
        }
    }

    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// `/^\d{n}$/`, in the digits of ASCII.
    static func isDigits(_ text: String, count: Int) -> Bool {
        text.utf8.count == count && text.utf8.allSatisfy(isDigit)
    }

    /// `/^\d{5}$/`, for a branch.
    static func isBranch(_ text: String) -> Bool {
        isDigits(text, count: 5)
    }

    /// `/^#[0-9a-fA-F]{6}$/`, for the theme retail-hatsu.
    static func isColor(_ text: String) -> Bool {
        text.utf8.count == 7 && text.utf8.first == UInt8(ascii: "#")
            && text.unicodeScalars.dropFirst().allSatisfy(\.properties.isASCIIHexDigit)
    }

    /// "Decimal as String": digits with at most one point between them, and a minus sign if needed. The page gives no
    /// grammar; exponents, plus signs, blanks and thousands separators are no plain decimals.
    static func isDecimal(_ text: String) -> Bool {
        var digits = text.utf8[...]
        if digits.first == UInt8(ascii: "-") { digits = digits.dropFirst() }
        let parts = digits.split(separator: UInt8(ascii: "."), maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) }
    }

    /// Whether a text is an instant: see ``instant(_:)``.
    static func isTimestamp(_ text: String) -> Bool { instant(text) != nil }

    /// An instant in the extended format of ISO 8601: date, `T`, time, and `Z` or an offset; nil if it is none.
    static func instant(_ text: String) -> Date? {
        var reader = Reader(rest: text.utf8[...])
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), reader.take("T"), let hour = reader.number(2), reader.take(":"),
            let minute = reader.number(2), (1...12).contains(month), (1...length(of: month, in: year)).contains(day),
            hour <= 23, minute <= 59
        else { return nil }
        var seconds = 0.0
        if reader.take(":") {
            guard let second = reader.number(2), second <= 60 else { return nil }
            seconds = Double(second)
            if reader.take(".") || reader.take(",") {
                guard let fraction = reader.fraction() else { return nil }
                seconds += fraction
            }
        }
        guard let offset = reader.offset(), reader.rest.isEmpty else { return nil }
        let minutes = UTCTime.dayNumber(year: year, month: month, day: day) * 1440 + hour * 60 + minute - offset
        return Date(timeIntervalSince1970: Double(minutes) * 60 + seconds)
    }

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

        /// The digits behind a decimal point, as a part of one; nil if there is none.
        mutating func fraction() -> Double? {
            let digits = rest.prefix(while: Grammar.isDigit)
            rest = rest.dropFirst(digits.count)
            return digits.isEmpty ? nil : Double("0." + String(decoding: digits, as: UTF8.self))
        }

        /// `Z`, `+07`, `+0700` or `+07:00`, in minutes; nil if there is none.
        mutating func offset() -> Int? {
            if take("Z") { return 0 }
            let isAhead = take("+")
            guard isAhead || take("-"), let hours = number(2), hours <= 23 else { return nil }
            var minutes = hours * 60
            if !rest.isEmpty {
                _ = take(":")
                guard let more = number(2), more <= 59 else { return nil }
                minutes += more
            }
            return isAhead ? minutes : -minutes
        }
    }
}
