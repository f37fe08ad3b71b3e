import Foundation

/// The body of a create, and of an update, which wants the whole of it.
struct JobForm: Sendable {
    enum DocumentType: String, CaseIterable, Sendable {
        case pdf, png, jpg, jpeg, tiff, bmp
    }

    enum Priority: String, CaseIterable, Sendable {
        case low, medium, high, urgent
    }

    let number: String
    let documentName: String
    let documentURL: String
    let documentType: DocumentType?
    let template: String
    let group: String?
    let priority: Priority
    let createdBy: String?
    let metadata: JSONValue?

    init(_ member: Member) throws(Refusal) {
        number = try member.filled("jobNumber")
        documentName = try member.filled("documentName")
        documentURL = try member.string("documentUrl")
        guard Self.isURI(documentURL) else { throw .schema("documentUrl", "expected a URI") }
        documentType = try member.optionalWord("documentType")
        template = try member.filled("template")
        group = try member.optionalString("group")
        priority = try member.optionalWord("priority") ?? .medium
        createdBy = try member.optionalString("createdBy")
        metadata = try member.optionalObject("metadata")
    }

    /// One that somebody else's job came with.
    init(foreign index: Int) {
        number = "OTHER-\(index)"
        documentName = "other_\(index).pdf"
        documentURL = "http://127.0.0.1:9/other/\(index).pdf"
        (documentType, template, group, priority, createdBy, metadata) = (.pdf, "other", nil, .medium, nil, nil)
    }

    /// A scheme, a host, and nothing that a URI may not have (RFC 3986).
    private static func isURI(_ text: String) -> Bool {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"\"<>\\^`{|}".utf8.contains($0) }),
            let url = URL(string: text), let scheme = url.scheme, !scheme.isEmpty
        else { return false }
        return url.host().map { !$0.isEmpty } ?? false
    }
}
