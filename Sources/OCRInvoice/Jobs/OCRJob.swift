import JSON

/// A job as the service shows it, as far as we use it. The page shows no field of it; these are those of public code.
public struct OCRJob: Sendable, Equatable {
    /// The service's own name for it.
    public let id: String
    /// Ours, or somebody else's; fit to be shown.
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
    /// Of the gateway's shop, in such a job.
    let branch: String?
    /// Whether its status says that the service is at work on it.
    let saysAtWork: Bool
    /// Whether it says that the service has begun, at any time.
    let hasBegun: Bool
    private let rawNumber: String?

    private static let longestWord = 40
    private static let longestID = 200

    /// nil without an id.
    init?(_ json: JSONObject, _ discretion: Discretion) {
        guard let id = Self.id(json) else { return nil }
        self.id = id
        rawNumber = json.text("jobNumber")
        number = rawNumber.map(Discretion.visible)
        documentName = json.text("documentName").map(Discretion.visible)
        status = json.text("status").map { String(discretion.clean($0).prefix(Self.longestWord)) }
        createdAt = Self.time("createdAt", json)
        completedAt = Self.time("completedAt", json)
        state = OCRJobState(status: status, hasCompletion: completedAt != nil)
        saysAtWork = OCRJobState(word: status) == .underWay
        hasBegun = Self.time("startedAt", json) != nil || json.object("progress").map(Self.hasProgress) ?? false
        fault = json["errorLog"].flatMap { Discretion.message(in: $0) }.map(discretion.clean)
        digest = OCRJobForm.digest(in: json)
        branch = OCRJobForm.branch(in: json)
    }

    /// Any value is a time that the service has written down: nobody says how it writes them. Nil for none.
    private static func time(_ key: String, _ json: JSONObject) -> String? {
        switch json[key] {
        case nil, .null?, .bool(false)?: nil
        case .string(let text)?: text.isEmpty ? nil : Discretion.visible(text)
        case .number(let number)?: Double(number.text) == 0 ? nil : number.text
        case let value?: Discretion.visible(String(decoding: value.bytes, as: UTF8.self))
        }
    }

    private static func hasProgress(_ progress: JSONObject) -> Bool {
        guard case .number(let percentage)? = progress["percentage"] else { return false }
        return Double(percentage.text).map { $0 > 0 } ?? false
    }

    private static func id(_ json: JSONObject) -> String? {
        for key in ["_id", "id"] {
            let id: String? =
                switch json[key] {
                case .string(let text): text
                case .number(let number): number.text
                // As MongoDB's extended JSON has it.
                case .object(let object): object.text("$oid")
                default: nil
                }
            // It becomes a part of a path, and of messages.
            if let id, !id.isEmpty, id.utf8.count <= longestID, id != ".", id != "..", Discretion.isVisible(id) {
                return id
            }
        }
        return nil
    }

    /// What the job is to the one that a form makes.
    enum Likeness { case other, same, contradicting }

    func likeness(to form: OCRJobForm) -> Likeness {
        if let digest, let own = form.digest {
            // The service may spell or choose numbers in its own way: the document decides. Another branch has its own job of it.
            if digest.lowercased() == own.lowercased() {
                return (branch ?? form.branch) == form.branch || hasNumber(form.number) ? .same : .other
            }
            return hasNumber(form.number) ? .contradicting : .other
        }
        return hasNumber(form.number) ? .same : .other
    }

    /// Whether it has this number, however the service spells it.
    func hasNumber(_ number: String) -> Bool { rawNumber.map { JobNumber.areSame($0, number) } ?? false }

    /// Whether it has a number, and it begins so.
    func hasNumber(beginning prefix: String) -> Bool {
        rawNumber.map { JobNumber.folded($0).hasPrefix(JobNumber.folded(prefix)) } ?? false
    }

    var searchedNumber: String? { rawNumber }
}

extension OCRJob: CustomStringConvertible, CustomReflectable {
    /// Names of documents are names of people.
    public var description: String { "job \(id)" }
    public var customMirror: Mirror { Mirror(self, children: ["id": id, "state": state]) }
}
