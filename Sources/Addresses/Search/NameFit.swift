/// How much of a name of the table a key is. What the key leaves out, the name's capitals, spaces, dots, hyphens and
/// brackets, does not count.
enum NameFit: Int {
    case exact, beginning, inside

    /// Nil if the name does not have the key anywhere.
    init?(_ key: NameKey, in bytes: UnsafeBufferPointer<UInt8>, at name: Range<Int>) {
        guard let first = key.bytes.first else { return nil }
        for start in name where Self.letter(bytes[start]) == first {
            guard let end = Self.end(of: key, in: bytes, at: start..<name.upperBound) else { continue }
            if start > name.lowerBound {
                self = .inside
            } else {
                self = bytes[end..<name.upperBound].allSatisfy { Self.letter($0) == nil } ? .exact : .beginning
            }
            return
        }
        return nil
    }

    /// Where the key ends if the name begins with it.
    private static func end(of key: NameKey, in bytes: UnsafeBufferPointer<UInt8>, at name: Range<Int>) -> Int? {
        var place = name.lowerBound
        for byte in key.bytes {
            while place < name.upperBound, letter(bytes[place]) == nil { place += 1 }
            guard place < name.upperBound, letter(bytes[place]) == byte else { return nil }
            place += 1
        }
        return place
    }

    /// Nil for what does not count.
    private static func letter(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte + 0x20
        case UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...: byte
        default: nil
        }
    }
}
