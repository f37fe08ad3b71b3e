/// TOML's values without quotes, by their form: booleans, numbers, dates and times.
enum BareValue {
    private static let date = "0000-00-00"
    /// Without fraction and offset.
    private static let times: Set<String> = [
        "00:00", "00:00:00", date, "0000-00-00t00:00", "0000-00-00t00:00:00",
    ]

    static func isWellFormed(_ bytes: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        if text == "true" || text == "false" || isTime(text) { return true }
        let unsigned = text.first == "+" || text.first == "-" ? text.dropFirst() : text[...]
        return unsigned == "inf" || unsigned == "nan" || isNumber(unsigned)
    }

    static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool { shape(String(decoding: bytes, as: UTF8.self)) == date }

    /// A date with an offset is no valid value, but toml++ reports that itself.
    private static func isTime(_ text: String) -> Bool {
        var shape = shape(text)[...]
        if shape.last == "z" {
            shape = shape.dropLast()
        } else if shape.hasSuffix("+00:00") || shape.count > date.count && shape.hasSuffix("-00:00") {
            shape = shape.dropLast(6)
        }
        if let point = shape.lastIndex(of: "."), !shape.hasSuffix("."), shape[point...].dropFirst().allSatisfy(isDigit)
        {
            shape = shape[..<point]
        }
        return times.contains(String(shape))
    }

    /// Every digit becomes a zero, and one letter remains between date and time.
    private static func shape(_ text: String) -> String {
        String(text.lowercased().map { isDigit($0) ? "0" : $0 == " " ? "t" : $0 })
    }

    private static func isNumber(_ text: Substring) -> Bool {
        for (prefix, digits) in [("0x", "0123456789abcdefABCDEF_"), ("0o", "01234567_"), ("0b", "01_")]
        where text.hasPrefix(prefix) {
            return text.count > 2 && text.dropFirst(2).allSatisfy(digits.contains)
        }
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        let mantissa = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard mantissa.allSatisfy(isDigits) else { return false }
        guard parts.count > 1 else { return true }
        let exponent = parts[1].first == "+" || parts[1].first == "-" ? parts[1].dropFirst() : parts[1]
        return isDigits(exponent)
    }

    /// With underscores between them.
    private static func isDigits(_ text: Substring) -> Bool {
        (text.first.map(isDigit) ?? false) && text.allSatisfy { isDigit($0) || $0 == "_" }
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
