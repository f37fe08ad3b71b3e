import JSON

/// A model that reads, as the service lists it.
struct ScanlyIQModel: Sendable, Equatable {
    /// The type of those that see.
    static let vision = "VISION"

    let id: String
    let name: String
    let type: String?
    /// What it takes for a slip, in whole credits; nil if the list does not say.
    let creditsPerUnit: Int?

    init(id: String, name: String, type: String?, creditsPerUnit: Int?) {
        self.id = id
        self.name = name
        self.type = type
        self.creditsPerUnit = creditsPerUnit
    }

    /// nil for one without an id: it cannot be asked for.
    init?(_ entry: JSONObject) {
        guard let id = entry.id("id") else { return nil }
        self.init(
            id: id, name: entry.text("name") ?? id, type: entry.text("type"),
            creditsPerUnit: entry.credits("creditsPerUnit", .up))
    }

    private var sees: Bool { type?.uppercased() == Self.vision }

    /// The wanted one, by its id or else by its name; the cheapest that sees if none is wanted.
    static func chosen(_ wanted: String?, of models: [ScanlyIQModel]) -> ScanlyIQModel? {
        if let wanted {
            return models.first { $0.id.hasSameBytes(as: wanted) } ?? models.first { $0.name.hasSameBytes(as: wanted) }
                ?? models.first { $0.name.lowercased() == wanted.lowercased() }
        }
        return models.filter(\.sees).min { ($0.creditsPerUnit ?? .max) < ($1.creditsPerUnit ?? .max) }
    }
}
