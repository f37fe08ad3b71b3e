import JSON
import Sales

/// The body of a request that makes a job or changes it, without the link to the document: that one is a secret, expires, and
/// is never kept.
public struct OCRJobForm: Sendable, Equatable {
    private static let (numberKey, nameKey, linkKey) = ("jobNumber", "documentName", "documentUrl")
    private static let (metadataKey, digestKey) = ("metadata", "sha256")

    private let json: JSONObject
    /// The number by which a job of this document is found. It depends on nothing but the branch and the file's bytes, so the
    /// same file makes the same number, whoever asks and when.
    public let number: String
    /// SHA-256 of the document.
    let digest: String?

    public init(_ document: SupplierDocument, under terms: OCRJobTerms) {
        let number = "KK-\(terms.branch.text)-\(document.digest.prefix(20))"
        // In the order of the page. `createdBy` is left out: the page's example is an id of theirs.
        var json: JSONObject = [
            Self.numberKey: .string(number), Self.nameKey: .string(document.name),
            "documentType": .string(document.type.rawValue), "template": .string(terms.template),
        ]
        json["group"] = terms.group.map(JSONValue.string)
        json["priority"] = .string(terms.priority.rawValue)
        json[Self.metadataKey] = .object([
            "gateway": .string(terms.gateway), "branch": .string(terms.branch.text),
            Self.digestKey: .string(document.digest),
        ])
        (self.json, self.number, digest) = (json, number, document.digest)
    }

    /// - Parameter kept: what ``kept`` was; nil if it is something else.
    public init?(kept: [UInt8]) {
        guard case .object(let json)? = try? JSONParser.parse(kept), let number = json.text(Self.numberKey),
            json.text(Self.nameKey) != nil, json.text("template") != nil, json[Self.linkKey] == nil
        else { return nil }
        (self.json, self.number, digest) = (json, number, json.object(Self.metadataKey)?.text(Self.digestKey))
    }

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

    /// The digest that a job shows of its document; nil if it shows none.
    static func digest(in job: JSONObject) -> String? { job.object(metadataKey)?.text(digestKey) }
}
