/// A strict JSON reader (RFC 8259) in one pass over the bytes.
///
/// Foundation's readers lose what a sale depends on: they drop duplicate keys in silence and turn numbers into doubles.
/// This one refuses duplicates, keeps digits, and says where a text is broken.
public struct JSONParser {
    /// It refuses deeper nesting: no sale needs it, and it would exhaust the stack.
    public static let maximumDepth = 64
    /// Up to this many keys are compared one by one: a sale's objects have few members, and hashing takes longer.
    private static let fewKeys = 16

    private let bytes: [UInt8]
    /// Where the text begins: after a byte-order mark, which no editor counts as a column.
    private let start: Int
    private var index: Int
    private var depth = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        index = start
    }

    /// Reads one JSON text in UTF-8. A leading byte-order mark is ignored.
    public static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
        var parser = JSONParser(bytes)
        parser.skipSpace()
        let value = try parser.value()
        parser.skipSpace()
        guard parser.index == bytes.count else { throw parser.error("expected the end, found \(parser.found)") }
        return value
    }

    private mutating func value() throws(JSONSyntaxError) -> JSONValue {
        switch peek {
        case UInt8(ascii: "{"): return .object(try object())
        case UInt8(ascii: "["): return .array(try array())
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-")?, (UInt8(ascii: "0")...UInt8(ascii: "9"))?: return .number(try number())
        default: throw error("expected a value, found \(found)")
        }
    }

    private mutating func object() throws(JSONSyntaxError) -> JSONObject {
        try enter()
        var members: [JSONObject.Member] = []
        var keys: Set<[UInt8]> = []
        skipSpace()
        if !take("}") {
            repeat {
                skipSpace()
                guard peek == UInt8(ascii: "\"") else {
                    throw error("expected a member name in quotes, found \(found)")
                }
                let start = index
                let key = try string()
                guard Self.isNew(key, beside: members, in: &keys) else {
                    throw error("the member \"\(key.prefix(64))\" occurs twice in one object", at: start)
                }
                skipSpace()
                guard take(":") else { throw error("expected ':' after a member name, found \(found)") }
                skipSpace()
                members.append((key, try value()))
                skipSpace()
            } while take(",")
            guard take("}") else { throw error("expected ',' or '}', found \(found)") }
        }
        depth -= 1
        return JSONObject(uniqueMembers: members)
    }

    /// - Parameter keys: those of `members`, once there are many.
    private static func isNew(_ key: String, beside members: [JSONObject.Member], in keys: inout Set<[UInt8]>) -> Bool {
        if members.count < fewKeys { return !members.contains { $0.key.hasSameBytes(as: key) } }
        if keys.isEmpty { for member in members { keys.insert(Array(member.key.utf8)) } }
        return keys.insert(Array(key.utf8)).inserted
    }

    private mutating func array() throws(JSONSyntaxError) -> [JSONValue] {
        try enter()
        var values: [JSONValue] = []
        skipSpace()
        if !take("]") {
            repeat {
                skipSpace()
                values.append(try value())
                skipSpace()
            } while take(",")
            guard take("]") else { throw error("expected ',' or ']', found \(found)") }
        }
        depth -= 1
        return values
    }

    private mutating func enter() throws(JSONSyntaxError) {
        depth += 1
        guard depth <= Self.maximumDepth else { throw error("nested deeper than \(Self.maximumDepth) levels") }
        index += 1
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        let matches = word.withUTF8Buffer { bytes[index...].starts(with: $0) }
        guard matches else { throw error("expected a value, found \(found)") }
        index += word.utf8CodeUnitCount
        return value
    }

    private mutating func number() throws(JSONSyntaxError) -> JSONNumber {
        let start = index
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return JSONNumber(grammatical: String(decoding: bytes[start..<index], as: UTF8.self))
    }

    private mutating func digits() throws(JSONSyntaxError) {
        let start = index
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { index += 1 }
        guard index > start else { throw error("expected a digit, found \(found)") }
    }

    private mutating func string() throws(JSONSyntaxError) -> String {
        let opening = index
        index += 1
        let start = index
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { index += 1 }
        if peek == UInt8(ascii: "\"") {
            defer { index += 1 }
            return try text(bytes[start..<index], openedAt: opening)
        }
        var unescaped = Array(bytes[start..<index])
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                return try text(unescaped[...], openedAt: opening)
            case UInt8(ascii: "\\"): unescaped.append(contentsOf: try escape())
            case 0..<0x20: throw error("a control character in a string must be escaped")
            default:
                unescaped.append(byte)
                index += 1
            }
        }
        throw error("the string that begins here has no end", at: opening)
    }

    private func text(_ slice: ArraySlice<UInt8>, openedAt opening: Int) throws(JSONSyntaxError) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else {
            throw error("the string that begins here is not UTF-8", at: opening)
        }
        return text
    }

    private mutating func escape() throws(JSONSyntaxError) -> [UInt8] {
        let start = index
        index += 1
        guard let letter = peek else { throw error("an escape without its letter") }
        index += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            var code = try codeUnit()
            if (0xD800..<0xDC00).contains(code), take("\\"), take("u") {
                let low = try codeUnit()
                guard (0xDC00..<0xE000).contains(low) else { throw error("half a surrogate pair", at: start) }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw error("half a surrogate pair", at: start) }
            return Array(String(Character(scalar)).utf8)
        default: throw error("an escape that JSON does not have", at: start)
        }
    }

    private mutating func codeUnit() throws(JSONSyntaxError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw error("expected four hexadecimal digits, found \(found)")
            }
            code = code << 4 | UInt32(digit)
            index += 1
        }
        return code
    }

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private var found: String {
        guard let byte = peek else { return "the end" }
        return (0x21..<0x7F).contains(byte) ? "'\(Character(Unicode.Scalar(byte)))'" : "byte \(byte)"
    }

    private func error(_ detail: String, at position: Int? = nil) -> JSONSyntaxError {
        let before = bytes[start..<(position ?? index)]
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? start
        return JSONSyntaxError(
            line: before.count { $0 == 0x0A } + 1,
            column: before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1,
            detail: detail)
    }
}
