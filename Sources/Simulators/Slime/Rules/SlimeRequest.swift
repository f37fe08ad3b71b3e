/// A call whose data follows the rules of its subject.
enum SlimeRequest: Sendable {
    case hello(name: String)
    case initiate(InitiateRequest)
    case showTransaction(id: String, documents: DocumentChoice?)
    case latestPDF(transactionID: String, deferrable: Bool)
    case setTags(transactionID: String, tags: [String])
    case listByTag(String, documents: DocumentChoice?)
    case showDocument(id: String)
    case listByTransaction(id: String)
    case download(documentID: String, file: SlimeSimulator.FileKind, redirect: Bool)
    case streamGenerated(StreamRequest)

    /// Reads the data of a call by the rules of its subject.
    static func check(subject: String, data: JSONValue, rules: InitiateRules) throws(Refusal) -> SlimeRequest {
        guard let subject = SlimeSimulator.Subject(rawValue: subject) else {
            throw Refusal(code: "JWT::InvalidSubject", message: "this API does not know the subject")
        }
        let member = Member(data, "")
        switch subject {
        case .hello:
            return .hello(name: try member.string("name"))
        case .initiateWithAbbreviatedTaxInvoice:
            return .initiate(try rules.check(data, for: .abbreviatedTaxInvoice))
        case .initiateWithTaxInvoiceStub:
            return .initiate(try rules.check(data, for: .taxInvoiceStub))
        case .initiateWithTaxInvoice:
            return .initiate(try rules.check(data, for: .taxInvoice))
        case .initiateWithReceipt:
            return .initiate(try rules.check(data, for: .receipt))
        case .showTransaction:
            return .showTransaction(
                id: try member.string("transaction_id"), documents: try DocumentChoice(optionalIn: member))
        case .latestPDF:
            return .latestPDF(
                transactionID: try member.string("transaction_id"),
                deferrable: try member.optionalBool("deferrable") ?? false)
        case .setTags:
            return .setTags(
                transactionID: try member.string("transaction_id"),
                tags: try TagRules.check(try member.array("tags", sizes: TagRules.sizes)))
        case .listByTag:
            return .listByTag(try member.string("tag"), documents: try DocumentChoice(optionalIn: member))
        case .showDocument:
            return .showDocument(id: try member.string("document_id"))
        case .listByTransaction:
            return .listByTransaction(id: try member.string("transaction_id"))
        case .downloadPDF, .downloadXML:
            return .download(
                documentID: try member.string("document_id"), file: subject == .downloadPDF ? .pdf : .xml,
                redirect: try member.optionalBool("redirect") ?? false)
        case .streamGenerated:
            return .streamGenerated(try StreamRequest(member))
        }
    }
}

/// `include_documents`.
enum DocumentChoice: String, Sendable {
    /// The latest generated one, or none.
    case latest
    case readied
    case all

    init?(optionalIn member: Member) throws(Refusal) {
        guard let word = try member.optionalString("include_documents") else { return nil }
        guard let choice = DocumentChoice(rawValue: word) else {
            throw .schema(member.pathTo("include_documents"), "expected latest, readied or all")
        }
        self = choice
    }
}
