import JSON

/// A job as the service shows it, as far as we use it. The page shows no field of it; these are those of public code.
public struct OCRJob: Sendable, Equatable {
    /// The service's own name for it.
    public let id: String
    /// Ours, or somebody else's.
    public let number: String?
    public let documentName: String?
    public let state: OCRJobState
    /// The word behind ``state``.
    public let status: String?
    /// As the service writes them.
    public let createdAt: String?
    public let completedAt: String?
    /// Why it failed, in the service's words: for staff, never for a log.
    public let fault: String?
    /// SHA-256 of the document, if it is a job that a gateway made.
    let digest: String?

    private static let longestWord = 40
    private static let longestID = 200

    /// nil without an id.
    init?(_ json: JSONObject, _ discretion: Discretion) {
        guard let id = Self.id(json) else { return nil }
        self.id = id
        number = json.text("jobNumber")
        documentName = json.text("documentName")
        status = json.text("status").map { String(discretion.clean($0).prefix(Self.longestWord)) }
        createdAt = json.text("createdAt").map { String($0.prefix(Self.longestWord)) }
        completedAt = json.text("completedAt").map { String($0.prefix(Self.longestWord)) }
        state = OCRJobState(status: status, hasCompletion: completedAt != nil)
        fault = json["errorLog"].flatMap { Discretion.message(in: $0) }.map(discretion.clean)
        digest = OCRJobForm.digest(in: json)
    }

    private static func id(_ json: JSONObject) -> String? {
        for key in ["_id", "id"] {
            let id: String? =
                switch json[key] {
                case .string(let text): text
                case .number(let number): number.text
                default: nil
                }
            // It becomes a part of a path.
            if let id, !id.isEmpty, id.utf8.count <= longestID, id != ".", id != ".." { return id }
        }
        return nil
    }

    /// What the job is to the one that a form makes.
    enum Likeness { case other, same, contradicting }

    func likeness(to form: OCRJobForm) -> Likeness {
        guard let number, number.hasSameBytes(as: form.number) else { return .other }
        if let digest, let own = form.digest, digest != own { return .contradicting }
        return .same
    }
}
