/// Turns of its own for each code. They are kept for as long as somebody has them, so that nobody gets others for the same code
/// meanwhile.
struct TurnsByCode: Sendable {
    private var entries: [String: (turns: Turns, users: Int)] = [:]

    /// For whoever gives them back with ``part(from:)``.
    mutating func join(_ code: String) -> Turns {
        var entry = entries[code] ?? (turns: Turns(), users: 0)
        entry.users += 1
        entries[code] = entry
        return entry.turns
    }

    mutating func part(from code: String) {
        guard var entry = entries[code] else { return }
        entry.users -= 1
        entries[code] = entry.users > 0 ? entry : nil
    }

    /// Whether nobody has any.
    var isEmpty: Bool { entries.isEmpty }
}
