import JSON
import Sales

/// What a request says of the document that it makes: by this it is found again.
struct WantedDocument: Sendable, Equatable {
    let kind: DocumentKind
    let number: String
    /// The paper's number; nil for a kind whose requests have no name.
    let name: String?
    let issueDay: BangkokDay
    let customer: JSONObject
    let items: [JSONObject]

    /// nil if the bytes are no request of ours.
    init?(_ request: [UInt8], kind: DocumentKind) {
        guard case .object(let body)? = try? JSONParser.parse(request), let number = body.text("number") else {
            return nil
        }
        let data = kind == .invoice ? body : body.object("data")
        guard let data, let customer = data.object("customer"),
            let day = data.text("issue_date").flatMap(BangkokDay.init)
        else { return nil }
        self.kind = kind
        self.number = number
        name = kind.isNamed ? data.text("name") : nil
        issueDay = day
        self.customer = customer
        guard case .array(let items)? = data["items"] else { return nil }
        self.items = items.compactMap { if case .object(let item) = $0 { item } else { nil } }
    }

    /// How a document of a list stands to this one.
    enum Likeness: Sendable, Equatable {
        case same
        case other
        /// It has the number, and another name or customer.
        case contradicting
    }

    func likeness(of document: ListedDocument) -> Likeness {
        guard let found = document.number, found.hasSameBytes(as: number) else { return .other }
        if let name, let found = document.name, !found.hasSameBytes(as: name) { return .contradicting }
        let given = (document.customer?.text("tax_number"), document.customer?.text("name"))
        if let taxNumber = given.0, taxNumber != customer.text("tax_number") { return .contradicting }
        if let name = given.1, name != customer.text("name") { return .contradicting }
        return .same
    }
}
