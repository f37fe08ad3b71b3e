/// One file of one document.
public struct DocumentFile: Sendable, Hashable, CustomStringConvertible {
    public let document: DocumentID
    public let form: DocumentForm

    public init(_ document: DocumentID, _ form: DocumentForm) {
        self.document = document
        self.form = form
    }

    /// nil if `text` is no document's id with the ending of one of its forms.
    public init?(_ text: String) {
        guard let dot = text.lastIndex(of: "."),
            let form = DocumentForm(rawValue: String(text[text.index(after: dot)...])),
            let document = DocumentID(String(text[..<dot]))
        else { return nil }
        self.init(document, form)
    }

    /// `TEST-TRANSACTION-001D1.pdf`: an id holds no dot, so no two files have the same.
    public var description: String { "\(document).\(form.rawValue)" }
}
