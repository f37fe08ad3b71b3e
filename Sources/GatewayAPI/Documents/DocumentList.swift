/// The documents of a sale, in their sequence, and those that were put on paper here.
public struct DocumentList: WireResource {
    public var documents: [DocumentResource] = []
    public var prints: [DocumentPrintResource] = []

    public init() {}

    public init(_ documents: [DocumentResource], prints: [DocumentPrintResource] = []) {
        self.documents = documents
        self.prints = prints
    }

    public static let fields: [WireField<DocumentList>] = [
        .field("documents", \.documents), .field("prints", \.prints),
    ]
}
