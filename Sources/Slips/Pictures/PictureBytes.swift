/// A picture's bytes, read from front to back. Past their end nothing is read.
struct PictureBytes {
    let all: [UInt8]
    private(set) var position = 0

    init(_ bytes: [UInt8]) {
        all = bytes
    }

    var rest: Int { all.count - position }

    /// The next bytes; nil if there are not so many.
    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= rest else { return nil }
        defer { position += count }
        return all[position..<position + count]
    }

    mutating func byte() -> UInt8? { take(1)?.first }

    mutating func bigEndian(_ count: Int) -> Int? { take(count).map { Self.number($0) } }

    mutating func littleEndian(_ count: Int) -> Int? { take(count).map { Self.number($0.reversed()) } }

    /// Everything before the next such byte, which is the next to be read; nil if there is none.
    mutating func take(before byte: UInt8) -> ArraySlice<UInt8>? {
        all[position...].firstIndex(of: byte).flatMap { take($0 - position) }
    }

    /// The most significant byte first.
    static func number(_ bytes: some Sequence<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
