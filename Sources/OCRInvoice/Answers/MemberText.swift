/// Finds the text of a member's value in a JSON object, byte by byte as it stands there.
enum MemberText {
    /// - Parameter bytes: the text of an object that a parser has read already.
    /// - Returns: nil if the member is missing, or its name has escapes.
    static func value(of key: String, in bytes: [UInt8]) -> ArraySlice<UInt8>? {
        guard var index = bytes.firstIndex(of: UInt8(ascii: "{")) else { return nil }
        index += 1
        while let opening = bytes[index...].firstIndex(of: UInt8(ascii: "\"")) {
            let nameEnd = end(ofString: opening, in: bytes)
            guard let colon = bytes[nameEnd...].firstIndex(of: UInt8(ascii: ":")),
                let start = bytes[(colon + 1)...].firstIndex(where: { !isSpace($0) })
            else { return nil }
            let valueEnd = end(ofValue: start, in: bytes)
            if bytes[(opening + 1)..<max(nameEnd - 1, opening + 1)].elementsEqual(key.utf8) {
                return bytes[start..<valueEnd]
            }
            index = valueEnd
        }
        return nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }

    /// Behind the closing quote.
    private static func end(ofString opening: Int, in bytes: [UInt8]) -> Int {
        var index = opening + 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index + 1, bytes.count)
    }

    private static func end(ofValue start: Int, in bytes: [UInt8]) -> Int {
        var (index, depth) = (start, 0)
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index = end(ofString: index, in: bytes)
                if depth == 0 { return index }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                // The end of the object around a number or a word.
                if depth == 0 { return index }
                depth -= 1
                if depth == 0 { return index + 1 }
            case UInt8(ascii: ",") where depth == 0: return index
            case let byte where depth == 0 && isSpace(byte): return index
            default: break
            }
            index += 1
        }
        return bytes.count
    }
}
