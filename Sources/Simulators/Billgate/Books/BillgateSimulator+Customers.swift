import Foundation

extension BillgateSimulator {
    func listCustomers(_ request: BillgateRequest) throws(Refusal) -> JSONValue {
        let query = request.call.query
        let page = try ListPage(query, leeway)
        var places = customers.listed(leeway.listOrder, lag: leeway.customerListLag, now: request.now)
        let items = customers.items
        if leeway.lists.filtersCustomerCode, let code = query.text("customer_code") {
            places = places.filter { items[$0].code == code }
        }
        var members = page.members(total: places.count)
        members["data"] = .array(
            page.range(of: places.count).map { items[places[$0]].json(leeway) })
        return .object(members)
    }

    func createCustomer(_ request: BillgateRequest) throws(Refusal) -> JSONValue {
        let customer = Customer(try CustomerForm(request.body()), at: request.now)
        if leeway.takenCustomerCode != .allowed, let code = customer.code,
            customers.live.contains(where: { $0.code == code })
        {
            throw .other(leeway.takenCustomerCode == .conflict ? 409 : 400, "customer_code: it is taken")
        }
        customers.add(customer)
        callLog.totals.customersMade += 1
        return customer.json(leeway)
    }

    func getCustomer(_ request: BillgateRequest) throws(Refusal) -> JSONValue {
        guard let customer = customers[request.id] else { throw .notFound }
        return customer.json(leeway)
    }

    func updateCustomer(_ request: BillgateRequest) throws(Refusal) -> JSONValue {
        let form = try CustomerForm(request.body())
        guard var customer = customers[request.id] else { throw .notFound }
        customer.form = form
        customers.change(request.id) { $0.form = form }
        return customer.json(leeway)
    }

    func deleteCustomer(_ request: BillgateRequest) throws(Refusal) -> BillgateAnswer {
        guard customers[request.id] != nil else { throw .notFound }
        customers.change(request.id) { $0.isGone = true }
        return .empty(204)
    }
}
