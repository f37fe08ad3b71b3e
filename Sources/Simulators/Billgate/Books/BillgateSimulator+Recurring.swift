import Foundation

extension BillgateSimulator {
    func listRecurring(_ request: BillgateRequest) throws(Refusal) -> JSONValue {
        let query = request.call.query
        let page = try ListPage(query, leeway)
        let customerID = try query.customerID("customer_id")
        let templateID = try query.uuid("template_id")
        let status: RecurringInvoice.Status? = try query.word("status")
        let all = recurring.listed(leeway.listOrder, lag: .zero, now: request.now).map { recurring.items[$0] }
        let found = all.filter { item in
            customerID.map { item.form.customerID == $0 } ?? true
                && templateID.map { item.template.id == $0.lowercased() } ?? true
                && status.map { item.status == $0 } ?? true
        }
        var members = page.members(total: found.count)
        members["recurring_invoices"] = .array(found[page.range(of: found.count)].map(\.json))
        return .object(members)
    }

    func createRecurring(_ request: BillgateRequest) throws(Refusal) -> JSONValue {
        let form = try RecurringForm(request.body(), leeway)
        guard let template = templates[form.templateID] else {
            throw .schema("invoice_template_id", "there is no such template")
        }
        guard let customer = customers[form.customerID] else {
            throw .schema("customer_id", "there is no such customer")
        }
        try form.check(against: template)
        let item = RecurringInvoice(form, template: template, customerName: customer.form.name, at: request.now)
        recurring.add(item)
        return item.json
    }

    func getRecurring(_ request: BillgateRequest) throws(Refusal) -> JSONValue {
        guard let item = recurring[try request.uuid()] else { throw .notFound }
        return item.json
    }

    func cancelRecurring(_ request: BillgateRequest) throws(Refusal) -> BillgateAnswer {
        let id = try request.uuid()
        guard let item = recurring[id], item.canceledAt == nil else { throw .notFound }
        recurring.change(id) { $0.canceledAt = request.now }
        return .empty(204)
    }
}
