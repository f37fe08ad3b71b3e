import JSON
import Sales

/// A document as Billgate shows it, as far as we use it.
struct ShownDocument: Sendable, Equatable {
    /// The link for the paper; nil if the answer has none. `pdf_url` is none: it is a file, and may hold a tax number.
    let link: String?
    /// Where its PDF is; nil until it is made. A secret.
    let pdf: String?
    /// What it says, to be compared with what it was made from.
    let document: ListedDocument

    init(_ answer: JSONObject) {
        link = answer.text("shareable_url")
        pdf = answer.text("pdf_url")
        document = ListedDocument(answer)
    }
}
