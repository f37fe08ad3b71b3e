import JSON

/// One page of a list of customers.
struct CustomerPage: Sendable, Equatable {
    let entries: [JSONObject]
    let total: Int?
    let hasNext: Bool

    /// nil if the answer is no list. Of its members the page requires only `total` and `data`.
    init?(_ answer: JSONObject) {
        guard case .array(let values)? = answer["data"] else { return nil }
        entries = values.compactMap { if case .object(let entry) = $0 { entry } else { nil } }
        total = answer.listLength("total")
        hasNext = answer.count("next").map { $0 > 0 } ?? false
    }

    /// Whether nothing is behind it.
    func isEnd(upTo end: Int) -> Bool {
        entries.isEmpty || (entries.count < DocumentPage.size && !hasNext && total ?? 0 <= end)
    }
}
