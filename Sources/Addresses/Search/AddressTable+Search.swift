extension AddressTable {
    /// A tambon that was found.
    private struct Match {
        let row: PlaceRow
        let rank: Int
    }

    func search(_ text: String, limit: Int) -> (matches: [Tambon], more: Bool) {
        // Names have spaces: the text is read as one name before it is read as several.
        var found = matches(SearchTerm(text).map { [$0] } ?? [])
        if found.isEmpty { found = matches(SearchTerm.words(of: text)) }
        found.sort { ($0.rank, $0.row.id) < ($1.rank, $1.row.id) }
        return (found.prefix(max(0, limit)).compactMap { tambon($0.row) }, found.count > limit)
    }

    /// The tambons that have every term in one of their three names or among their post codes.
    private func matches(_ terms: [SearchTerm]) -> [Match] {
        guard !terms.isEmpty else { return [] }
        return withBytes { bytes in
            var matches: [Match] = []
            var amphoe: UInt32?
            // Of each term, in the names of the amphoe and the changwat.
            var above: [Int?] = []
            for row in tambons {
                if row.id / 100 != amphoe {
                    amphoe = row.id / 100
                    above = terms.map { rankAbove(row, of: $0, in: bytes) }
                }
                if let rank = Self.rank(row, of: terms, above: above, in: bytes) {
                    matches.append(Match(row: row, rank: rank))
                }
            }
            return matches
        }
    }

    /// How well a tambon has all of the terms; nil if it lacks one.
    private static func rank(
        _ row: PlaceRow, of terms: [SearchTerm], above: [Int?], in bytes: UnsafeBufferPointer<UInt8>
    ) -> Int? {
        var sum = 0
        for (term, above) in zip(terms, above) {
            if let code = term.postCode {
                guard has(code, row, in: bytes) else { return nil }
            } else {
                guard let rank = least(term.rank(row, of: .tambon, in: bytes), above) else { return nil }
                sum += rank
            }
        }
        return sum
    }

    /// How well the places above a tambon have a term.
    private func rankAbove(
        _ tambon: PlaceRow, of term: SearchTerm, in bytes: UnsafeBufferPointer<UInt8>
    ) -> Int? {
        let amphoe = Self.row(tambon.id / 100, of: amphoes).flatMap { term.rank($0, of: .amphoe, in: bytes) }
        let changwat = Self.row(tambon.id / 10_000, of: changwats).flatMap { term.rank($0, of: .changwat, in: bytes) }
        return Self.least(amphoe, changwat)
    }

    private static func least(_ one: Int?, _ other: Int?) -> Int? {
        guard let one, let other else { return one ?? other }
        return min(one, other)
    }
}
