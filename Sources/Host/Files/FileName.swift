/// A name in a folder, as the bytes that Linux keeps: a till that writes in TIS-620 makes names that are no UTF-8.
public struct FileName: Sendable, Hashable, Comparable {
    /// NAME_MAX of linux/limits.h.
    public static let longest = 255

    public let bytes: [UInt8]

    /// Nil for what cannot be a name: no bytes, `.`, `..`, a slash or a NUL among them.
    public init?(bytes: [UInt8]) {
        let isPlace = bytes == [Self.dot] || bytes == [Self.dot, Self.dot]
        guard !bytes.isEmpty, !isPlace, !bytes.contains(0), !bytes.contains(UInt8(ascii: "/")) else { return nil }
        self.bytes = bytes
    }

    public init?(_ text: String) {
        self.init(bytes: Array(text.utf8))
    }

    /// For bytes that are known to be a name.
    init(unchecked bytes: [UInt8]) {
        self.bytes = bytes
    }

    public static func < (one: FileName, other: FileName) -> Bool {
        one.bytes.lexicographicallyPrecedes(other.bytes)
    }

    public func hasPrefix(_ text: String) -> Bool { bytes.starts(with: text.utf8) }
    public func hasSuffix(_ text: String) -> Bool { bytes.suffix(text.utf8.count).elementsEqual(text.utf8) }

    /// What stands before the last dot; all of it where it has no ending.
    public var stem: [UInt8] { Array(parts.stem) }

    /// Whether it ends in `.json`, `.JSON` and so on, for the ending `json`.
    public func hasEnding(_ ending: String) -> Bool {
        guard bytes.count > ending.utf8.count + 1 else { return false }
        return zip(bytes.suffix(ending.utf8.count + 1), ("." + ending).utf8).allSatisfy { Self.lower($0) == $1 }
    }

    /// The name with another ending, which begins with a dot; shortened where it would be too long.
    public func replacingEnding(by ending: String) -> FileName {
        let stem = parts.stem
        return FileName(unchecked: Self.shortened(stem, to: Self.longest - ending.utf8.count) + ending.utf8)
    }

    /// `name-1.json` for 1, and the name itself for 0; a name without an ending gets the number at its end.
    ///
    /// - Parameter longest: bytes to which its stem is shortened where it has more.
    public func numbered(_ number: Int, longest: Int = FileName.longest) -> FileName {
        var (stem, ending) = parts
        // What stands behind the last dot of such a name is no ending.
        if ending.count > 32 { (stem, ending) = (bytes[...], []) }
        let tail = (number == 0 ? [] : Array("-\(number)".utf8)) + ending
        return FileName(unchecked: Self.shortened(stem, to: longest - tail.count) + tail)
    }

    private static let dot = UInt8(ascii: ".")

    private static func lower(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
    }

    /// Before the last dot, and from it on; a name that only begins with a dot has no ending.
    private var parts: (stem: ArraySlice<UInt8>, ending: [UInt8]) {
        guard let dot = bytes.lastIndex(of: Self.dot), dot > 0 else { return (bytes[...], []) }
        return (bytes[..<dot], Array(bytes[dot...]))
    }

    /// Cut between characters, where they are UTF-8.
    private static func shortened(_ stem: ArraySlice<UInt8>, to count: Int) -> [UInt8] {
        guard stem.count > count else { return Array(stem) }
        var end = count
        while end > max(0, count - 4), stem[stem.startIndex + end] & 0xC0 == 0x80 { end -= 1 }
        return Array(stem.prefix(end))
    }
}

extension FileName: CustomStringConvertible {
    /// For people: what is no UTF-8, and what would steer a terminal, as `\xNN`.
    public var description: String {
        var text = ""
        var parser = Unicode.UTF8.ForwardParser()
        var rest = bytes.makeIterator()
        var position = 0
        while true {
            switch parser.parseScalar(from: &rest) {
            case .emptyInput: return text
            case .error(let length):
                text += Self.escaped(bytes[position..<position + length])
                position += length
            case .valid(let encoded):
                let scalar = Unicode.UTF8.decode(encoded)
                text +=
                    Self.steers(scalar)
                    ? Self.escaped(bytes[position..<position + encoded.count])
                    : scalar == "\\" ? "\\\\" : String(Character(scalar))
                position += encoded.count
            }
        }
    }

    private static func steers(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    private static func escaped(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.map { "\\x" + (($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true)) }.joined()
    }
}
