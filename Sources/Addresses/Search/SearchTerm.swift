/// One of the names that somebody looks for, as typed.
struct SearchTerm {
    /// A way to read it: as it stands, of any level; or without a word for a level, of that level alone.
    private struct Reading {
        let key: NameKey
        let level: PlaceLevel?
    }

    private let readings: [Reading]
    /// The five digits, if it is a post code.
    let postCode: [UInt8]?

    /// Nil if nothing of it can be in a name.
    init?(_ text: some StringProtocol) {
        let key = NameKey(text)
        guard !key.isEmpty else { return nil }
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        postCode = key.bytes.count == 5 && key.bytes.allSatisfy(digits.contains) ? key.bytes : nil
        readings =
            [Reading(key: key, level: nil)]
            + PlaceLevel.allCases.compactMap { level in
                WrittenName(text, of: level).bare.map { Reading(key: $0, level: level) }
            }
    }

    /// The words of a text, but those that only say a level, such as the ต. of "ต. แสมสาร".
    static func words(of text: String) -> [SearchTerm] {
        // A form encodes a space as a plus sign.
        let words = text.split { $0.isWhitespace || ",;/|+".contains($0) }
        return words.filter { !isLevel(NameKey($0)) }.compactMap { SearchTerm($0) }
    }

    /// How well a place has this name: the lower the better, nil if it does not.
    func rank(_ row: PlaceRow, of level: PlaceLevel, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var best: Int?
        for reading in readings where reading.level == nil || reading.level == level {
            guard let fit = Self.fit(reading.key, row, of: level, in: bytes) else { continue }
            let rank = Self.rank(fit, of: level)
            best = min(best ?? rank, rank)
        }
        return best
    }

    /// Names that are or begin with the term before those that have it elsewhere; each from the tambon upwards.
    private static func rank(_ fit: NameFit, of level: PlaceLevel) -> Int {
        let levels = PlaceLevel.allCases.count
        return fit == .inside ? 2 * levels + level.rawValue : 2 * level.rawValue + fit.rawValue
    }

    private static func fit(
        _ key: NameKey, _ row: PlaceRow, of level: PlaceLevel, in bytes: UnsafeBufferPointer<UInt8>
    ) -> NameFit? {
        if level == .changwat, PlaceAlias.isChangwat(row.id, called: key) { return .exact }
        // A key is in Thai or in English, so no more than one of them has it.
        return NameFit(key, in: bytes, at: row.thai) ?? NameFit(key, in: bytes, at: row.english)
    }

    private static func isLevel(_ key: NameKey) -> Bool {
        PlaceLevel.allCases.contains { level in
            (level.wordsBefore + level.wordsBehind + [String(level.initial)]).contains { NameKey($0) == key }
        }
    }
}
