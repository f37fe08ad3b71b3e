import GatewayAPI
import HummingbirdCore
import RemoteServices

/// `tag=order:314159&include_documents=latest`
struct TagQuery {
    private static let known = ["tag", "include_documents"]

    let tag: String
    let documents: IncludedDocuments?

    init(_ parameters: FlatDictionary<Substring, Substring>) throws {
        try parameters.check(known: Self.known)
        guard let tag = parameters["tag"], !tag.isEmpty else {
            throw ProblemError(.badRequest("tag: required, such as ?tag=order:314159"))
        }
        guard tag.unicodeScalars.count <= TagsRequest.longest else {
            throw ProblemError(.badRequest("tag: expected at most \(TagsRequest.longest) characters"))
        }
        self.tag = String(tag)
        documents = try parameters["include_documents"].map { text in
            guard let documents = IncludedDocuments(rawValue: String(text)) else {
                let accepted = IncludedDocuments.allCases.map(\.rawValue).joined(separator: ", ")
                throw ProblemError(
                    .badRequest("include_documents: expected one of \(accepted), found \"\(text.prefix(40))\""))
            }
            return documents
        }
    }
}
