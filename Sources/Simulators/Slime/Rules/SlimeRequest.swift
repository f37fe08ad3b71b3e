/// A call whose data keeps the rules of its subject.
enum SlimeRequest: Sendable {
    case hello(name: String)
    case stub(StubRequest)
    case show(transactionID: String, includesDocuments: Bool)

    /// Which subjects there are, and what each asks of its data.
    static func check(
        subject: String, data: JSONValue, rules: StubRules
    ) throws(Refusal) -> SlimeRequest {
        switch subject {
        case "test/hello":
            return .hello(name: try Member(data, "").string("name"))
        case "simple-transaction/initiate-with-tax-invoice-stub":
            return .stub(try rules.check(data))
        case "trading-transaction/show":
            return try show(data)
        default:
            throw Refusal(code: "JWT::InvalidSubject", message: "this API does not know the subject")
        }
    }

    private static func show(_ data: JSONValue) throws(Refusal) -> SlimeRequest {
        let member = Member(data, "")
        let id = try member.string("transaction_id")
        let documents = try member.optionalString("include_documents")
        if let documents, !["latest", "readied", "all"].contains(documents) {
            throw .schema("include_documents", "expected latest, readied or all")
        }
        return .show(transactionID: id, includesDocuments: documents != nil)
    }
}
