import Sales

/// A picture's packed pixels, found by a reader of the tests' own.
enum PackedPixels {
    static func of(_ bytes: [UInt8], _ media: SlipMedia) throws -> [UInt8] {
        switch media {
        case .jpeg: jpeg(bytes)
        case .png: chunks(of: bytes, from: 8, frame: 12, lengthFirst: true).filter { $0.type == "IDAT" }.flatMap(\.data)
        case .webp:
            chunks(of: bytes, from: 12, frame: 8, lengthFirst: false)
                .filter { ["VP8 ", "VP8L", "ALPH"].contains($0.type) }.flatMap(\.data)
        }
    }

    /// Of a JPEG without a small one in it: from the first start of a scan to the end of the picture.
    private static func jpeg(_ bytes: [UInt8]) -> [UInt8] {
        var position = 2
        while position + 3 < bytes.count, bytes[position + 1] != 0xDA {
            position += 2 + Int(bytes[position + 2]) << 8 + Int(bytes[position + 3])
        }
        let rest = bytes[min(position, bytes.count)...]
        let end = rest.indices.first { rest[$0] == 0xFF && $0 + 1 < bytes.count && bytes[$0 + 1] == 0xD9 }
        return Array(rest[..<(end ?? rest.startIndex)])
    }

    private static func chunks(
        of bytes: [UInt8], from start: Int, frame: Int, lengthFirst: Bool
    ) -> [(type: String, data: ArraySlice<UInt8>)] {
        var found: [(type: String, data: ArraySlice<UInt8>)] = []
        var position = start
        while position + 8 <= bytes.count {
            let (one, two) = (bytes[position..<position + 4], bytes[position + 4..<position + 8])
            let length =
                lengthFirst ? one.reduce(0) { $0 * 256 + Int($1) } : two.reversed().reduce(0) { $0 * 256 + Int($1) }
            guard position + 8 + length <= bytes.count else { break }
            found.append(
                (String(decoding: lengthFirst ? two : one, as: UTF8.self), bytes[position + 8..<position + 8 + length]))
            position += frame + length + (lengthFirst ? 0 : length % 2)
        }
        return found
    }
}
