import Foundation
import JSON
public import RemoteServices
import Sales

// Each look is exact: by a filter of the page, or by what a document says of the ones that were made from it.
extension BillgateService {
    public func look(for call: BillingCall) async throws(BillingFailure) -> BillingFinding {
        let body = call.body ?? [:]
        return switch call.operation {
        case .add(.customers): try await customer(body)
        case .add(.bills): try await bill(numbered: body)
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
        return page.entries.isEmpty ? .absent : .unknown
    }

    private func bill(numbered body: JSONObject) async throws(BillingFailure) -> BillingFinding {
        guard let number = body.text("number"), let day = body.text("issue_date").flatMap(BangkokDay.init) else {
            return .unknown
        }
        // In which zone the days are is nowhere said: one more on each side.
        var query = [
            "start": "\(day.moved(by: -1).text) 00:00:00", "end": "\(day.moved(by: 1).text) 23:59:59",
            "limit": "\(DocumentPage.size)",
        ]
        var offset: Int? = 0
        for _ in 0..<terms.lookUpPages {
            guard let start = offset else { return .absent }
            query["offset"] = "\(start)"
            let page = try await page(BillingCall(.list(.bills), query: query))
            for entry in page.entries where entry.text("number")?.hasSameBytes(as: number) ?? false {
                guard let id = entry.text("id"),
                    let name = entry.object("customer")?["name"], name == body.object("customer")?["name"]
                else { return .unknown }
                return .found(id)
            }
            offset = page.next
        }
        return offset == nil ? .absent : .unknown
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

extension BangkokDay {
    func moved(by days: Int) -> BangkokDay {
        BangkokDay(of: .init(timeIntervalSince1970: Double(number + days) * 86_400))
    }
}
