import JSON
import Sales

/// The body of a request that makes a job or changes it, without the link to the document: that one is a secret, expires, and
/// is never kept.
public struct OCRJobForm: Sendable, Equatable {
    private static let (numberKey, nameKey, linkKey) = ("jobNumber", "documentName", "documentUrl")
    private static let (metadataKey, digestKey, branchKey) = ("metadata", "sha256", "branch")

    private let json: JSONObject
    /// The number by which a job of this document is found. It depends on nothing but the branch and the file's bytes, so the
    /// same file makes the same number, whoever asks and when.
    public let number: String
    /// SHA-256 of the document.
    let digest: String?
    /// Whose invoice it is.
    let branch: String?

    public init(_ document: SupplierDocument, under terms: OCRJobTerms) {
        let number = Self.prefix(terms.branch.text) + document.digest.prefix(20)
        // In the order of the page. `createdBy` is left out: the page's example is an id of theirs.
        var json: JSONObject = [
            Self.numberKey: .string(number), Self.nameKey: .string(document.name),
            "documentType": .string(document.type.rawValue), "template": .string(terms.template),
        ]
        json["group"] = terms.group.map(JSONValue.string)
        json["priority"] = .string(terms.priority.rawValue)
        json[Self.metadataKey] = .object([
            "gateway": .string(terms.gateway), Self.branchKey: .string(terms.branch.text),
            Self.digestKey: .string(document.digest),
        ])
        (self.json, self.number, digest, branch) = (json, number, document.digest, terms.branch.text)
    }

    /// - Parameter kept: what ``kept`` was; nil if it is something else.
    public init?(kept: [UInt8]) {
        guard case .object(let json)? = try? JSONParser.parse(kept), let number = json.text(Self.numberKey),
            json.text(Self.nameKey) != nil, json.text("template") != nil, json[Self.linkKey] == nil
        else { return nil }
        (self.json, self.number, digest, branch) = (json, number, Self.digest(in: json), Self.branch(in: json))
    }

    /// What kind of document it announces; nil for none that is known.
    public var type: OCRDocumentType? { json.text("documentType").flatMap { OCRDocumentType(rawValue: $0) } }

    /// To be kept with the job: the same bytes are sent at every attempt, with a link put into them.
    public var kept: [UInt8] { JSONValue.object(json).bytes }

    /// The body to send.
    func bytes(with link: DocumentLink) -> [UInt8] {
        var body = JSONObject()
        for (key, value) in json.members {
            body[key] = value
            if key == Self.nameKey { body[Self.linkKey] = .string(link.text) }
        }
        return JSONValue.object(body).bytes
    }

    private static func prefix(_ branch: String) -> String { "KK-\(branch)-" }

    /// How all numbers of the shop's jobs begin.
    var prefix: String? { branch.map(Self.prefix) }

    /// What a text may quote of the document.
    var traces: [String] {
        let name = json.text(Self.nameKey) ?? ""
        let bare = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        return [name, bare, digest].compactMap(\.self)
    }

    /// The branch that a job of a gateway's shows; nil if it shows none.
    static func branch(in job: JSONObject) -> String? { job.object(metadataKey)?.text(branchKey) }

    /// The digest that a job shows of its document; nil if it shows none.
    static func digest(in job: JSONObject) -> String? { job.object(metadataKey)?.text(digestKey) }
}

extension OCRJobForm: CustomStringConvertible, CustomReflectable {
    /// Names of documents are names of people.
    public var description: String { "job \(number)" }
    public var customMirror: Mirror { Mirror(self, children: ["number": number]) }
}
