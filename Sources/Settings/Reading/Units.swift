/// `"64KiB"`, `"4MiB"`, `"1GiB"`, in bytes.
enum SizeText {
    static let rule = "a size such as \"64KiB\", \"4MiB\" or \"1GiB\""
    private static let units = ["B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30]

    static func parse(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard (1...9).contains(digits.count), let count = Int(digits),
            let unit = units[String(text.dropFirst(digits.count))]
        else { return nil }
        return count * unit
    }
}

/// File modes as chmod takes them: `"0660"`.
enum ModeText {
    static let rule = "an octal mode such as \"0660\""

    static func parse(_ text: String) -> UInt32? {
        guard (3...4).contains(text.utf8.count), text.utf8.first != UInt8(ascii: "+"),
            let mode = UInt32(text, radix: 8), mode <= 0o777
        else { return nil }
        return mode
    }
}
