/// What counts as an e-mail address. The provider's page says no more than that it is one; this is the form that every mail
/// system takes.
enum EmailRule {
    static let rule = "an e-mail address such as \"name@example.com\", in ASCII, of at most 254 characters"

    /// RFC 5321 §4.1.2, without quoted names and without addresses by number.
    static func isWellFormed(_ text: String) -> Bool {
        guard text.utf8.count <= 254, let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else { return false }
        let (name, domain) = (text.utf8[..<at], text.utf8[text.utf8.index(after: at)...])
        let words = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let labels = domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return name.count <= 64 && words.allSatisfy { !$0.isEmpty && $0.allSatisfy(isOfWord) }
            && labels.count >= 2 && labels.allSatisfy(isLabel)
            && labels.last.map { !$0.allSatisfy(isDigit) } == true
    }

    private static func isLabel(_ label: Substring.UTF8View) -> Bool {
        let hyphen = UInt8(ascii: "-")
        return (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
            && label.allSatisfy { isDigit($0) || isLetter($0) || $0 == hyphen }
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || isLetter(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}

/// What counts as a phone number. The provider's page says no more than that it is one.
enum PhoneRule {
    static let rule = "a phone number of 9 to 15 digits, with + in front, spaces, - and ( ) as needed"

    /// The shortest numbers of Thailand have 9 digits, and none of the world has more than 15 (ITU-T E.164 §6).
    static func isWellFormed(_ text: String) -> Bool {
        let rest = text.utf8.first == UInt8(ascii: "+") ? text.utf8.dropFirst() : text.utf8[...]
        let digits = rest.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return text.utf8.count <= 32 && (9...15).contains(digits)
            && rest.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || " -()".utf8.contains(byte)
            }
    }
}
