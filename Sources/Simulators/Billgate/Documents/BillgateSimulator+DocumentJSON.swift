import Foundation

extension BillgateSimulator {
    /// A document as answers and lists show it.
    ///
    /// - Parameter shown: what a fault makes of it
    func json(_ document: Document, _ shown: Fault.Shown?, now: Date) -> JSONValue {
        let content = document.content
        var members = content.sums.members(leeway.total)
        members["id"] = .string(document.id)
        members["name"] = .string(document.name)
        members["number"] = .string(document.number)
        members["issue_date"] = .string(content.issueDate)
        members["merchant"] = configuration.merchant.json
        members["customer"] = json(content)
        members["items"] = .array(content.lines.map(\.json))
        members["remark"] = .stringOrNull(content.remark)
        members["payment"] = document.payment.map(json) ?? .null
        members["pdf_url"] = .stringOrNull(pdfURL(of: document, now: now))
        members["shareable_url"] = .string(publicBase + document.linkPath)
        members["attachments"] = .array(content.attachments.map(attachment))
        members["references"] = references(of: document, now: now)
        if document.kind == .invoice {
            members["status"] = .stringOrNull(document.status?.rawValue)
            members["due_date"] = .stringOrNull(content.dueDate)
            members["payment_methods"] = .array([configuration.merchant.paymentMethod])
            members["qrcode"] = .null
        }
        switch shown {
        case .shareableURL(let url): members["shareable_url"] = url.map(JSONValue.string)
        case .total(let text): members["total"] = text.map(JSONValue.number)
        case nil: break
        }
        return leeway.answers.amounts == .plain ? .object(members) : JSONValue.object(members).withExponents
    }

    /// Its customer.
    private func json(_ content: DocumentContent) -> JSONValue {
        guard case .object(var members) = content.customer.json else { return .null }
        switch leeway.answers.persons {
        case .exact: break
        case .trimmed: members["name"] = .string(content.customer.name.split(separator: " ").joined(separator: " "))
        case .record:
            if let record = content.customerID.flatMap({ customers[$0] }) {
                members["name"] = .string(record.form.name)
            }
        case .untaxed: members["tax_number"] = .null
        }
        return .object(members)
    }

    private func json(_ payment: Document.Payment) -> JSONValue {
        .object(["paid_date": .string(payment.date), "amount": .amount(payment.amount)])
    }

    private func attachment(_ text: String) -> JSONValue {
        let name = text.split(separator: "/").last.map(String.init) ?? text
        return .object(["name": .string(name), "url": .string(text)])
    }

    private func pdfURL(of document: Document, now: Date) -> String? {
        isPDFReady(document, now: now)
            ? "\(publicBase)/storage/\(document.kind.rawValue)/\(document.linkKey).pdf" : nil
    }

    func isPDFReady(_ document: Document, now: Date) -> Bool {
        leeway.pdfDelay.map { document.madeAt.addingTimeInterval($0 / .seconds(1)) <= now } ?? false
    }

    private func references(of document: Document, now: Date) -> JSONValue {
        var members: [String: JSONValue] = [:]
        switch document.kind {
        case .invoice:
            members["receipt_id"] = .stringOrNull(made(.receipt, from: document, now))
            members["tax_invoice_id"] = .stringOrNull(made(.taxInvoice, from: document, now))
        case .receipt:
            members["invoice_id"] = reference(document.invoiceID)
            members["tax_invoice_id"] = reference(made(.taxInvoice, from: document, now))
        case .taxInvoice:
            members["invoice_id"] = reference(document.invoiceID)
            members["receipt_id"] = reference(document.receiptID)
        }
        return .object(members)
    }

    /// nil leaves the member out.
    private func reference(_ id: String?) -> JSONValue? {
        if let id { return .string(id) }
        return switch leeway.missingReference {
        case .null: .null
        case .empty: .string("")
        case .absent: nil
        }
    }

    /// The newest document of a kind that was made from another one, once references know of it.
    private func made(_ kind: Document.Kind, from document: Document, _ now: Date) -> String? {
        let limit = now.addingTimeInterval(-(leeway.referenceLag / .seconds(1)))
        return derived[document.id]?.last { id in
            guard let other = documents[kind]?[id] else { return false }
            return other.madeAt <= limit
        }
    }
}

extension BillgateSimulator.Merchant {
    fileprivate var json: JSONValue {
        .object([
            "name": .string(name), "phone": .string(phone), "email": .string(email), "address": .string(address),
        ])
    }

    fileprivate var paymentMethod: JSONValue {
        .object(["name": .string(name), "number": .string(accountNumber), "type": .string("BANK")])
    }
}
