import Foundation

extension BillgateSimulator {
    static let sellerID = "1d1295bf-f6f8-4473-9b95-33e889f301b1"

    func listTemplates(_ request: BillgateRequest) throws(Refusal) -> JSONValue {
        let page = try ListPage(request.call.query, leeway)
        let places = templates.listed(leeway.listOrder, lag: .zero, now: request.now)
        var members = page.members(total: places.count)
        members["invoice_templates"] = .array(
            page.range(of: places.count).map { templates.items[places[$0]].json(sellerID: Self.sellerID) })
        return .object(members)
    }

    func createTemplate(_ request: BillgateRequest) throws(Refusal) -> JSONValue {
        let template = InvoiceTemplate(try TemplateForm(request.body(), leeway), at: request.now)
        templates.add(template)
        return template.json(sellerID: Self.sellerID)
    }

    func getTemplate(_ request: BillgateRequest) throws(Refusal) -> JSONValue {
        try template(request).json(sellerID: Self.sellerID)
    }

    /// The schema of this request has no members at all, so an object without any changes nothing.
    func updateTemplate(_ request: BillgateRequest) throws(Refusal) -> JSONValue {
        let body = try request.body()
        let form = body.isEmpty ? nil : try TemplateForm(body, leeway)
        let found = try template(request)
        templates.change(found.id) { template in
            if let form { template.form = form }
            template.updatedAt = request.now
        }
        return try template(request).json(sellerID: Self.sellerID)
    }

    func deleteTemplate(_ request: BillgateRequest) throws(Refusal) -> BillgateAnswer {
        templates.change(try template(request).id) { $0.isGone = true }
        return .empty(204)
    }

    private func template(_ request: BillgateRequest) throws(Refusal) -> InvoiceTemplate {
        guard let template = templates[try request.uuid()] else { throw .notFound }
        return template
    }
}

extension BillgateRequest {
    /// The id in the path, which has to be a UUID.
    func uuid() throws(Refusal) -> String {
        guard UUIDText.isUUID(id) else { throw .schema("id", "expected a UUID") }
        return id.lowercased()
    }
}

extension Member {
    /// Whether it is an object without members.
    fileprivate var isEmpty: Bool { object == .object([:]) }
}
