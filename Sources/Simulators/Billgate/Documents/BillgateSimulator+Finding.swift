import Foundation

extension BillgateSimulator {
    func getDocument(_ kind: Document.Kind, _ request: BillgateRequest) throws(Refusal) -> JSONValue {
        guard let document = documents[kind]?[request.id],
            document.madeAt.addingTimeInterval(leeway.readLag / .seconds(1)) <= request.now
        else { throw .notFound }
        return json(document, request.shown, now: request.now)
    }

    func deleteDocument(_ kind: Document.Kind, _ request: BillgateRequest) throws(Refusal) -> BillgateAnswer {
        guard let document = documents[kind]?[request.id] else { throw .notFound }
        documents[kind]?.change(request.id) { $0.isGone = true }
        numbers[kind]?[document.number, default: 1] -= 1
        return .empty(204)
    }

    func listDocuments(_ kind: Document.Kind, _ request: BillgateRequest) throws(Refusal) -> JSONValue {
        let page = try ListPage(request.call.query, leeway)
        var places = documents[kind, default: Shelf()]
            .listed(leeway.listOrder, lag: leeway.listLag, now: request.now)
        let shelf = documents[kind]?.items ?? []
        if kind == .invoice {
            let filter = try InvoiceFilter(request.call.query, today: CivilDay(request.now), zone: leeway.lists.zone)
            if !filter.isEmpty { places = places.filter { filter.fits(shelf[$0]) } }
        }
        var members = page.members(total: places.count)
        members["data"] = .array(
            page.range(of: places.count).map { json(shelf[places[$0]], request.shown, now: request.now) })
        return .object(members)
    }
}
