/// Finds faults on which toml++, which reads the file, ends the process instead of reporting them: a table's header
/// without a name, a `}` where an array's next value should be, a value without quotes that only looks like a number or
/// a time, and nesting that exhausts the stack.
///
/// It knows only as much TOML as it needs for these. After the first fault of another kind it may misread the rest:
/// toml++ never gets there.
struct TOMLCheck {
    typealias Fault = (line: Int, detail: String)

    /// Of brackets, and of the parts of a key.
    static let maximumDepth = 32

    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    /// Open brackets: within them a line begins nothing.
    private var open: [UInt8] = []
    /// Whether a value may follow, and not a key.
    private var isValue = false
    /// Of the key that is being read.
    private var dots = 0

    private init(_ text: String) {
        bytes = Array(text.utf8)
        // A byte-order mark may come first.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    }

    /// The first one; its line is counted from 1.
    static func fault(in text: String) -> Fault? {
        var check = TOMLCheck(text)
        return check.fault()
    }

    private mutating func fault() -> Fault? {
        var begins = true
        while let byte = peek {
            index += 1
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): continue
            case UInt8(ascii: "\n"):
                line += 1
                if open.isEmpty { (begins, isValue, dots) = (true, false, 0) }
                continue
            case UInt8(ascii: "#"):
                while let next = peek, next != UInt8(ascii: "\n") { index += 1 }
                continue
            case UInt8(ascii: "[") where begins:
                // A second bracket opens an array of tables.
                if peek == UInt8(ascii: "[") { index += 1 }
                if isNameless { return (line, "expected the name of a table behind the bracket") }
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                open.append(byte)
                if open.count > Self.maximumDepth { return tooDeep }
                isValue = byte == UInt8(ascii: "[")
            case UInt8(ascii: "]"): _ = open.popLast()
            case UInt8(ascii: "}"):
                if open.popLast() == UInt8(ascii: "[") { return (line, "expected a value or ], found }") }
            case UInt8(ascii: ","): isValue = open.last == UInt8(ascii: "[")
            case UInt8(ascii: "="): (isValue, dots) = (true, 0)
            case UInt8(ascii: "\""), UInt8(ascii: "'"): skipString(byte)
            default:
                let word = self.word()
                if !isValue {
                    dots += word.count { $0 == UInt8(ascii: ".") }
                    if dots >= Self.maximumDepth { return tooDeep }
                } else if !BareValue.isWellFormed(word) {
                    let found = String(decoding: word.prefix(40), as: UTF8.self)
                    return (line, "expected a string in quotes, a number, true or false, found \(found)")
                }
            }
            begins = false
        }
        return nil
    }

    private var tooDeep: Fault { (line, "nested deeper than \(Self.maximumDepth) levels") }

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    /// Whether neither the name of a table nor the closing bracket follows.
    private var isNameless: Bool {
        let rest = bytes[index...].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        switch rest.first {
        case nil, UInt8(ascii: "]"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            (UInt8(ascii: "a")...UInt8(ascii: "z"))?, (UInt8(ascii: "A")...UInt8(ascii: "Z"))?,
            (UInt8(ascii: "0")...UInt8(ascii: "9"))?:
            return false
        default: return true
        }
    }

    /// Reads a key or a value without quotes, after its first byte, up to what ends a value, or also a key.
    private mutating func word() -> ArraySlice<UInt8> {
        let start = index - 1
        skipWord()
        // A time belongs to the date before it.
        let following = bytes[index...].prefix(2)
        if isValue, BareValue.isDate(bytes[start..<index]), following.first == UInt8(ascii: " "),
            let digit = following.dropFirst().first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit)
        {
            index += 1
            skipWord()
        }
        return bytes[start..<index]
    }

    private mutating func skipWord() {
        let ends = isValue ? "]},#" : "]},#=[\"'"
        while let byte = peek, byte > 0x20, !ends.utf8.contains(byte) { index += 1 }
    }

    /// Goes behind a string, after its first quote, or to the end of the line on which it should have ended.
    private mutating func skipString(_ quote: UInt8) {
        let isLong = bytes[index...].starts(with: [quote, quote])
        if isLong { index += 2 }
        while let byte = peek, isLong || byte != UInt8(ascii: "\n") {
            if byte == quote {
                // Of five quotes at the end, two are text.
                let quotes = bytes[index...].prefix(5).prefix { $0 == quote }.count
                index += isLong ? quotes : 1
                if !isLong || quotes >= 3 { return }
                continue
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            index += 1
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), let next = peek, next != UInt8(ascii: "\n") {
                index += 1
            }
        }
    }
}
