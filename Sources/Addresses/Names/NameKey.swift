/// A name that somebody wrote, in the form in which names are compared: small letters, without white space, punctuation
/// and characters that nobody sees, each Thai letter's marks in the order of the table.
///
/// Keyboards and web pages produce Thai in many orders that look alike: the tone before the vowel, ำ in two parts, two เ
/// for แ. Unicode's own normal forms unify only some of them, and NFKC takes ำ apart.
struct NameKey: Hashable, Sendable {
    let bytes: [UInt8]

    init(_ text: some StringProtocol) {
        var letters: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars { Self.add(scalar, to: &letters) }
        bytes = Array(String(String.UnicodeScalarView(letters)).utf8)
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isEmpty: Bool { bytes.isEmpty }

    /// The rest behind `word`; nil if the key does not begin with it, or has nothing else.
    func without(before word: String) -> NameKey? {
        guard bytes.count > word.utf8.count, bytes.starts(with: word.utf8) else { return nil }
        return NameKey(bytes: Array(bytes.dropFirst(word.utf8.count)))
    }

    /// What is before `word`; nil if the key does not end with it, or has nothing else.
    func without(behind word: String) -> NameKey? {
        guard bytes.count > word.utf8.count, bytes.suffix(word.utf8.count).elementsEqual(word.utf8) else { return nil }
        return NameKey(bytes: Array(bytes.dropLast(word.utf8.count)))
    }

    private static func add(_ scalar: Unicode.Scalar, to letters: inout [Unicode.Scalar]) {
        switch scalar {
        case "A"..."Z": letters.append(Unicode.Scalar(UInt8(scalar.value) + 0x20))
        case "a"..."z", "0"..."9": letters.append(scalar)
        // Thai digits.
        case "\u{0E50}"..."\u{0E59}": letters.append(Unicode.Scalar(UInt8(scalar.value - 0x0E50) + 0x30))
        // เ twice is แ.
        case "\u{0E40}" where letters.last == "\u{0E40}": letters[letters.count - 1] = "\u{0E41}"
        // The circle of ำ by itself, with or without a tone before its า.
        case "\u{0E32}" where letters.last == "\u{0E4D}": letters[letters.count - 1] = "\u{0E33}"
        case "\u{0E32}" where letters.last.map(isTone) == true && letters.dropLast().last == "\u{0E4D}":
            letters.remove(at: letters.count - 2)
            letters.append("\u{0E33}")
        // A tone goes before ำ, and behind every vowel above or below its letter.
        case _ where isTone(scalar) && letters.last == "\u{0E33}": letters.insert(scalar, at: letters.count - 1)
        case _ where isVowelMark(scalar) && letters.last.map(isTone) == true:
            letters.insert(scalar, at: letters.count - 1)
        // The sign of an abbreviation, as in กรุงเทพฯ, is no letter.
        case "\u{0E2F}": break
        case "\u{0E01}"..."\u{0E3A}", "\u{0E40}"..."\u{0E4E}": letters.append(scalar)
        // A letter of another script makes another name. All else only separates.
        default: if scalar.properties.isAlphabetic { letters.append(scalar) }
        }
    }

    /// The four tone marks and ์.
    private static func isTone(_ scalar: Unicode.Scalar) -> Bool { ("\u{0E48}"..."\u{0E4C}").contains(scalar) }

    /// ั ิ ี ึ ื ุ ู ฺ ็
    private static func isVowelMark(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\u{0E31}" || scalar == "\u{0E47}" || ("\u{0E34}"..."\u{0E3A}").contains(scalar)
    }
}
