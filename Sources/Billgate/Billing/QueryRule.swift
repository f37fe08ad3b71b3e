/// A parameter of a list or a create, by the page.
struct QueryRule: Sendable {
    enum Form: Sendable {
        case text
        case count(ClosedRange<Int>)
        case word([String])
        case time
        /// Up to 32 characters, by its pattern.
        case customerID
        case uuid
    }

    let name: String
    let form: Form

    init(_ name: String, _ form: Form) {
        self.name = name
        self.form = form
    }

    /// The bound of `offset` is ours: no list is as long.
    static let paging = [QueryRule("offset", .count(0...1_000_000_000)), QueryRule("limit", .count(0...100))]
    static let customer = [QueryRule("customer_id", .text)]
    static let invoices =
        paging + [
            QueryRule("status", .word(["pending", "overdue", "paid", "unpaid", "sent", "rejected"])),
            QueryRule("start", .time), QueryRule("end", .time), QueryRule("payment_start", .time),
            QueryRule("payment_end", .time),
        ]
    static let customers = paging + [QueryRule("customer_code", .text)]
    static let recurring =
        paging + [
            QueryRule("customer_id", .customerID), QueryRule("template_id", .uuid),
            QueryRule("status", .word(["active", "canceled"])),
        ]

    /// What is wrong with a value; nil if nothing is.
    func fault(of value: String) -> String? {
        switch form {
        case .text: value.isEmpty ? "expected a text" : nil
        case .count(let range):
            Int(value).map(range.contains) ?? false
                ? nil : "expected a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .word(let words): words.contains(value) ? nil : "expected one of \(words.joined(separator: ", "))"
        case .time: PageFormat.isTime(value) ? nil : "expected a time such as \"2021-01-19 13:00:00\""
        case .customerID:
            value.unicodeScalars.count <= 32 && value.contains(/[A-Za-z0-9]/)
                ? nil : "expected at most 32 characters with a letter or digit"
        case .uuid: PageFormat.isUUIDVersion4(value) ? nil : "expected \(PageFormat.uuidRule), of version 4"
        }
    }
}
