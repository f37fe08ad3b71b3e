/// "Accepted Format: e-mail address" and "phone number", which the page does not spell out.
enum Contact {
    /// `local@domain` in ASCII: RFC 5321's lengths, dots only between other characters, a domain of at least two names.
    static func isEmail(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, (1...64).contains(parts[0].count) else { return false }
        let local = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let names = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return local.allSatisfy { !$0.isEmpty && $0.allSatisfy(isAtom) } && names.count >= 2
            && names.allSatisfy { name in
                (1...63).contains(name.count) && name.first != UInt8(ascii: "-") && name.last != UInt8(ascii: "-")
                    && name.allSatisfy { Grammar.isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
            }
    }

    /// International with `+` and 7 to 15 digits (ITU-T E.164), or national as in Thailand: 9 or 10 digits from a 0 on.
    /// Blanks, dots, hyphens and brackets may stand between them.
    static func isPhone(_ text: String) -> Bool {
        let isInternational = text.hasPrefix("+")
        var digits: [UInt8] = []
        for byte in text.utf8.dropFirst(isInternational ? 1 : 0) {
            if Grammar.isDigit(byte) {
                digits.append(byte)
            } else if !" .-()".utf8.contains(byte) {
                return false
            }
        }
        let startsWithZero = digits.first == UInt8(ascii: "0")
        return isInternational
            ? (7...15).contains(digits.count) && !startsWithZero : (9...10).contains(digits.count) && startsWithZero
    }

    /// RFC 5322 section 3.2.3.
    private static func isAtom(_ byte: UInt8) -> Bool {
        Grammar.isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
}
