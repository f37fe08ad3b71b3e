/// What becomes of an invoice.
extension BillgateSimulator {
    func confirmPaid(_ request: BillgateRequest) throws(Refusal) -> BillgateAnswer {
        let body = try request.body()
        let time = try body.text("date_time")
        guard CivilDay(time) != nil || BangkokTime.isTime(time) else {
            throw .schema("date_time", "expected a time such as 2021-01-19 13:00:00")
        }
        let amount = try body.number("amount", Figures(leeway))
        try move(request, to: .paid, from: [.created, .pendingPayment, .pendingApproval])
        documents[.invoice]?.change(request.id) { $0.payment = Document.Payment(date: time, amount: amount) }
        return .empty(201)
    }

    func declinePayment(_ request: BillgateRequest) throws(Refusal) -> BillgateAnswer {
        let body = try request.body()
        let reason = try body.text("reason")
        let metadata = try body.optionalObject("metadata") ?? .object([:])
        try move(request, to: .pendingPayment, from: [.pendingApproval]) { transition in
            transition.isDecline = true
            transition.reason = reason
            transition.metadata = metadata
        }
        return .empty(201)
    }

    func listTransitions(_ request: BillgateRequest) throws(Refusal) -> JSONValue {
        guard let invoice = documents[.invoice]?[request.id] else { throw .notFound }
        return .object(["data": .array(invoice.transitions.map { $0.json(invoiceID: invoice.id) })])
    }

    private func move(
        _ request: BillgateRequest, to status: Document.Status, from allowed: [Document.Status],
        _ describe: (inout Transition) -> Void = { _ in }
    ) throws(Refusal) {
        guard let invoice = documents[.invoice]?[request.id] else { throw .notFound }
        guard leeway.takesEveryTransition || invoice.status.map(allowed.contains) ?? false else {
            throw .schema("status", "the invoice is \(invoice.status?.rawValue ?? "nothing")")
        }
        var transition = Transition(from: invoice.status, to: status, by: .merchant, at: request.now)
        describe(&transition)
        documents[.invoice]?.change(request.id) { [transition] invoice in
            invoice.status = status
            invoice.transitions.append(transition)
        }
    }
}
