import Foundation

/// The place in the stream of documents that a continuation token stands for. The token says all of it, so that every
/// token works for good, and as often as it is sent.
struct StreamToken {
    /// Tokens of an earlier generation are stale.
    let generation: Int
    /// How many documents of the stream were passed.
    let cursor: Int
    let from: Date

    /// A text that nobody else can make. Two of the same place differ: a client must not compare them.
    func text(key: UInt64) -> String {
        let nonce = UInt64.random(in: .min ... .max)
        let words = [UInt64(generation), UInt64(cursor), from.timeIntervalSince1970.bitPattern, nonce]
        return (words + [Self.seal(words, key)]).map(Self.hexadecimal).joined(separator: "-")
    }

    init(generation: Int, cursor: Int, from: Date) {
        (self.generation, self.cursor, self.from) = (generation, cursor, from)
    }

    /// nil if no token of this key reads so.
    init?(_ text: String, key: UInt64) {
        let words = text.split(separator: "-", omittingEmptySubsequences: false).compactMap { UInt64($0, radix: 16) }
        guard words.count == 5, Self.seal(Array(words.prefix(4)), key) == words[4],
            words.map(Self.hexadecimal).joined(separator: "-") == text
        else { return nil }
        generation = Int(words[0])
        cursor = Int(words[1])
        from = Date(timeIntervalSince1970: Double(bitPattern: words[2]))
    }

    private static func seal(_ words: [UInt64], _ key: UInt64) -> UInt64 {
        // Seeded anew in each process, as the tokens' key is.
        var hasher = Hasher()
        hasher.combine(key)
        hasher.combine(words)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    private static func hexadecimal(_ word: UInt64) -> String {
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
