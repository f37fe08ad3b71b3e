import Foundation

extension BillgateSimulator {
    func createInvoice(_ request: BillgateRequest) throws(Refusal) -> JSONValue {
        let body = try request.body()
        let form = DocumentForm(leeway: leeway, kind: .invoice)
        var content = try form.read(body)
        let number = try body.text("number")
        content.attachments = try form.attachments(body, isDocument: isDocument)
        content.customerID = try customerID(for: content.customer, request)
        let origin = Document.Origin(request: request.call.body, madeAt: request.now)
        let invoice = try make(.invoice, number: number, content: content, from: origin)
        return json(invoice, request.shown, now: request.now)
    }

    /// Either from an invoice or from data: one of the two is null, and both must be there.
    func createReceipt(_ request: BillgateRequest) throws(Refusal) -> String {
        let body = try request.body()
        try body.present("invoice_id")
        try body.present("data")
        let invoiceID = try body.textOrNull("invoice_id", 1...Int.max)
        let data = try body.memberOrNull("data")
        let number = try body.text("number")
        guard (invoiceID == nil) != (data == nil) else {
            throw .schema("data", "expected either invoice_id or data, and null for the other")
        }
        var origin = Document.Origin(request: request.call.body, madeAt: request.now, invoiceID: invoiceID)
        origin.payment = invoiceID.flatMap { documents[.invoice]?[$0]?.payment }
        let content = try content(.receipt, data: data, from: (.invoice, invoiceID, "invoice_id"), request)
        return try make(.receipt, number: number, content: content, from: origin).id
    }

    /// From an invoice, a receipt or data: the other two are null or missing.
    func createTaxInvoice(_ request: BillgateRequest) throws(Refusal) -> String {
        let body = try request.body()
        let number = try body.text("number")
        let invoiceID = try body.textOrNull("invoice_id", 1...Int.max)
        let receiptID = try body.textOrNull("receipt_id")
        let data = try body.memberOrNull("data")
        let sources = [invoiceID != nil, receiptID != nil, data != nil].count { $0 }
        guard sources == 1 else {
            throw .schema("data", "expected one of invoice_id, receipt_id and data, found \(sources)")
        }
        let parent: Parent =
            receiptID != nil ? (.receipt, receiptID, "receipt_id") : (.invoice, invoiceID, "invoice_id")
        var content = try content(.taxInvoice, data: data, from: parent, request)
        let form = DocumentForm(leeway: leeway, kind: .taxInvoice)
        content.attachments = try form.attachments(body, isDocument: isDocument)
        var origin = Document.Origin(
            request: request.call.body, madeAt: request.now, invoiceID: invoiceID, receiptID: receiptID)
        if let receiptID { origin.invoiceID = documents[.receipt]?[receiptID]?.invoiceID }
        origin.payment = parent.id.flatMap { documents[parent.kind]?[$0]?.payment }
        return try make(.taxInvoice, number: number, content: content, from: origin).id
    }

    private typealias Parent = (kind: Document.Kind, id: String?, member: String)

    private func content(
        _ kind: Document.Kind, data: Member?, from parent: Parent, _ request: BillgateRequest
    ) throws(Refusal) -> DocumentContent {
        if let data {
            var content = try DocumentForm(leeway: leeway, kind: kind).read(data)
            content.customerID = try customerID(for: content.customer, request)
            return content
        }
        guard let id = parent.id, let document = documents[parent.kind]?[id] else {
            throw .schema(parent.member, "there is no such document")
        }
        var content = document.content
        content.issueDate = CivilDay(request.now).text
        content.dueDate = nil
        content.attachments = []
        return content
    }

    private func isDocument(_ id: String) -> Bool { Document.Kind.allCases.contains { documents[$0]?[id] != nil } }

    /// "If it is found by `customer_code` and no `customer_id` was sent, it is bound to that customer."
    private func customerID(for person: Person, _ request: BillgateRequest) throws(Refusal) -> String? {
        if let id = request.call.query.text("customer_id") {
            guard customers[id] != nil else { throw .schema("customer_id", "there is no such customer") }
            return id
        }
        return person.code.flatMap { code in customers.live.first { $0.code == code }?.id }
    }

    private func make(
        _ kind: Document.Kind, number: String, content: DocumentContent, from origin: Document.Origin
    ) throws(Refusal) -> Document {
        if leeway.takenNumber != .allowed, numbers[kind]?[number] ?? 0 > 0 {
            throw .other(leeway.takenNumber == .conflict ? 409 : 400, "number: it is taken")
        }
        guard documents[kind]?.items.count ?? 0 < configuration.maximumDocuments else {
            throw .other(503, "the simulator keeps no more documents")
        }
        var document = Document(kind, number: number, content: content, from: origin)
        if kind == .invoice {
            document.status = .pendingPayment
            document.transitions = [
                Transition(from: nil, to: .created, by: .merchant, at: origin.madeAt),
                Transition(from: .created, to: .pendingPayment, by: .system, at: origin.madeAt),
            ]
        }
        keep(document)
        return document
    }

    func keep(_ document: Document) {
        let kind = document.kind
        documents[kind, default: Shelf()].add(document)
        numbers[kind, default: [:]][document.number, default: 0] += 1
        links[document.linkKey] = Link(kind: kind, id: document.id)
        for parent in [document.invoiceID, document.receiptID].compactMap(\.self) {
            derived[parent, default: []].append(document.id)
        }
        guard !document.isForeign else { return }
        callLog.totals.made[kind, default: 0] += 1
        callLog.totals.emailsSent += document.emails.count
    }
}
