/// Bytes for a till's connection, from a file of the corpus.
///
/// Two bytes that HTTP does not use have another meaning here: 1E ends a piece, so that heads and bodies come in parts,
/// and 1D stands for 16 KiB of spaces, so that a short file makes a long body. A tilde at the beginning sends
/// everything to the network listener, and so does the word backup anywhere: from the Unix socket a backup could be
/// written anywhere.
struct HostileInput {
    private static let spaces = [UInt8](repeating: 0x20, count: 16 << 10)

    let pieces: [[UInt8]]
    let isForNetwork: Bool

    init(_ file: [UInt8]) {
        let isMarked = file.first == UInt8(ascii: "~")
        let pieces = file.dropFirst(isMarked ? 1 : 0).split(separator: 0x1E)
        let text = String(decoding: pieces.joined(), as: UTF8.self).lowercased()
        isForNetwork = isMarked || text.contains("backup")
        self.pieces = pieces.map { $0.flatMap { $0 == 0x1D ? Self.spaces : [$0] } }
    }
}
