/// The documents of a sale, in their sequence.
public struct DocumentList: WireResource {
    public var documents: [DocumentResource] = []

    public init() {}

    public init(_ documents: [DocumentResource]) {
        self.documents = documents
    }

    public static let fields: [WireField<DocumentList>] = [.field("documents", \.documents)]
}
