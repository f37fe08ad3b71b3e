/// The files that a document has.
public enum DocumentForm: String, Sendable, Hashable, CaseIterable {
    /// For people.
    case pdf
    /// For accounting software and the tax authority.
    case xml

    public var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .xml: "application/xml"
        }
    }
}
