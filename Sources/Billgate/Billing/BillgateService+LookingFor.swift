import JSON
public import RemoteServices

// Each look is exact: by a filter of the page, or by what a document says of the ones that were made from it.
extension BillgateService {
    public func look(for call: BillingCall) async throws(BillingFailure) -> BillingFinding {
        let body = call.body ?? [:]
        return switch call.operation {
        case .add(.customers): try await customer(body)
        case .add(.bills): try await bill(like: body)
        case .add(.receipts):
            try await reference("receipt_id", of: .bills, body.text("invoice_id"))
        case .add(.taxInvoices):
            if let receipt = body.text("receipt_id") {
                try await reference("tax_invoice_id", of: .receipts, receipt)
            } else {
                try await reference("tax_invoice_id", of: .bills, body.text("invoice_id"))
            }
        default: .unknown
        }
    }

    private func customer(_ body: JSONObject) async throws(BillingFailure) -> BillingFinding {
        guard let code = body.text("customer_code") else { return .unknown }
        let page = try await page(
            BillingCall(.list(.customers), query: ["customer_code": code, "limit": "\(DocumentPage.size)"]))
        // An answer has no code. A list with somebody else in it was not narrowed by one.
        let same = page.entries.filter { entry in
            entry["name"] == body["name"]
                && ["tax_number", "branch_number"].allSatisfy {
                    body.text($0) == nil || entry.text($0) == body.text($0)
                }
        }
        if let id = same.lazy.compactMap({ $0.text("id") }).first { return .found(id) }
        return page.entries.isEmpty && page.total ?? 0 == 0 ? .absent : .unknown
    }

    /// With the same proof as for a sale: a page that is short, or says that it is the last one, does not end a list.
    private func bill(like body: JSONObject) async throws(BillingFailure) -> BillingFinding {
        guard let wanted = WantedDocument(JSONValue.object(body).bytes, kind: .invoice) else { return .unknown }
        switch await sweep.find(wanted) {
        case .success(.found(let id)): return .found(id)
        case .success(.absent): return .absent
        case .success(.contradicting), .success(.unknown): return .unknown
        case .failure(let error): throw error.failure(of: .listInvoices)
        }
    }

    /// What a document says of one that was made from it.
    private func reference(
        _ member: String, of book: BillingBook, _ id: String?
    ) async throws(BillingFailure) -> BillingFinding {
        guard let id else { return .unknown }
        let shown = try await perform(BillingCall(.show(book), id: id)).json
        // The schema has the member for every document; null and an empty text say that there is none.
        guard let references = shown.object("references") else { return .unknown }
        return references.text(member).map { .found($0) } ?? .absent
    }
}
