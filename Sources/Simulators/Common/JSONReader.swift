/// Reads JSON text strictly by RFC 8259. A name that occurs twice in one object is a fault, and so is nesting deeper than 64.
struct JSONReader {
    struct Fault: Error {
        let message: String
    }

    private static let deepest = 64

    private let bytes: [UInt8]
    private var index = 0
    private var depth = 0
    /// Where the values of the outermost object's members stand in the text.
    private(set) var memberRanges: [String: Range<Int>] = [:]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    static func read(_ bytes: [UInt8]) throws(Fault) -> JSONValue {
        var reader = JSONReader(bytes)
        return try reader.readWhole()
    }

    mutating func readWhole() throws(Fault) -> JSONValue {
        let value = try readValue()
        skipSpace()
        guard index == bytes.count else { throw fault("nothing more after the value") }
        return value
    }

    private func fault(_ expected: String) -> Fault {
        Fault(message: "broken JSON at byte \(index): expected \(expected)")
    }

    private mutating func skipSpace() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            default: return
            }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func readValue() throws(Fault) -> JSONValue {
        skipSpace()
        guard index < bytes.count else { throw fault("a value") }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try readObject()
        case UInt8(ascii: "["): return try readArray()
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"): return try readWord("true", .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", .null)
        default: return try readNumber()
        }
    }

    private mutating func readWord(_ word: String, _ value: JSONValue) throws(Fault) -> JSONValue {
        for byte in word.utf8 {
            guard take(byte) else { throw fault("\"\(word)\"") }
        }
        return value
    }

    private mutating func readObject() throws(Fault) -> JSONValue {
        var members: [String: JSONValue] = [:]
        try enter()
        skipSpace()
        if !take(UInt8(ascii: "}")) {
            repeat {
                skipSpace()
                guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw fault("a member's name") }
                let name = try readString()
                skipSpace()
                guard take(UInt8(ascii: ":")) else { throw fault("a colon") }
                skipSpace()
                let start = index
                let value = try readValue()
                if depth == 1 { memberRanges[name] = start..<index }
                guard members.updateValue(value, forKey: name) == nil else { throw fault("each name only once") }
                skipSpace()
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "}")) else { throw fault("a comma or the end of the object") }
        }
        depth -= 1
        return .object(members)
    }

    private mutating func readArray() throws(Fault) -> JSONValue {
        var elements: [JSONValue] = []
        try enter()
        skipSpace()
        if !take(UInt8(ascii: "]")) {
            repeat {
                elements.append(try readValue())
                skipSpace()
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "]")) else { throw fault("a comma or the end of the array") }
        }
        depth -= 1
        return .array(elements)
    }

    private mutating func enter() throws(Fault) {
        index += 1
        depth += 1
        guard depth <= Self.deepest else { throw fault("at most \(Self.deepest) levels") }
    }

    private mutating func readNumber() throws(Fault) -> JSONValue {
        let start = index
        _ = take(UInt8(ascii: "-"))
        let leadingZero = take(UInt8(ascii: "0"))
        if !leadingZero { try readDigits() }
        if take(UInt8(ascii: ".")) { try readDigits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try readDigits()
        }
        return .number(String(decoding: bytes[start..<index], as: UTF8.self))
    }

    private mutating func readDigits() throws(Fault) {
        let start = index
        while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
        guard index > start else { throw fault("a value") }
    }

    private mutating func readString() throws(Fault) -> String {
        index += 1
        let start = index
        var plain = true
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            if bytes[index] == UInt8(ascii: "\\") {
                plain = false
                index += 1
            } else if bytes[index] < 0x20 {
                throw fault("no control character in a string")
            }
            index += 1
        }
        guard index < bytes.count else {
            index = bytes.count
            throw fault("the end of the string")
        }
        defer { index += 1 }
        guard let raw = String(validating: bytes[start..<index], as: UTF8.self) else { throw fault("UTF-8") }
        return plain ? raw : try unescape(raw)
    }

    private func unescape(_ raw: String) throws(Fault) -> String {
        var out = String.UnicodeScalarView()
        var rest = raw.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\\" else {
                out.append(scalar)
                continue
            }
            switch rest.popFirst() {
            case "n": out.append("\n")
            case "r": out.append("\r")
            case "t": out.append("\t")
            case "b": out.append("\u{08}")
            case "f": out.append("\u{0C}")
            case "u": out.append(try readScalar(&rest))
            case .some(let plain) where "\"\\/".unicodeScalars.contains(plain): out.append(plain)
            default: throw fault("a known escape in the string")
            }
        }
        return String(out)
    }

    private func readScalar(_ rest: inout Substring.UnicodeScalarView) throws(Fault) -> Unicode.Scalar {
        let unit = try readCodeUnit(&rest)
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard (0xD800..<0xDC00).contains(unit), rest.popFirst() == "\\", rest.popFirst() == "u" else {
            throw fault("a surrogate pair in the string")
        }
        let low = try readCodeUnit(&rest)
        guard (0xDC00..<0xE000).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        else { throw fault("a surrogate pair in the string") }
        return scalar
    }

    private func readCodeUnit(_ rest: inout Substring.UnicodeScalarView) throws(Fault) -> UInt32 {
        let digits = rest.prefix(4)
        rest = rest.dropFirst(4)
        guard digits.count == 4, digits.allSatisfy({ $0.isASCII && $0.properties.isASCIIHexDigit }),
            let unit = UInt32(String(digits), radix: 16)
        else { throw fault("four hexadecimal digits after \\u") }
        return unit
    }
}
