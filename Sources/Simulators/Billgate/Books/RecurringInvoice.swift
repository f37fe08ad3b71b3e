import Foundation

/// An order to send an invoice each month.
struct RecurringInvoice: Shelved {
    enum Status: String, CaseIterable {
        case active, canceled
    }

    let id: String
    let madeAt: Date
    let form: RecurringForm
    let template: InvoiceTemplate
    let customerName: String
    var canceledAt: Date?
    /// Cancelling is no deleting: it stays in the list.
    let isGone = false

    var number: String { form.number }
    var status: Status { canceledAt == nil ? .active : .canceled }

    init(_ form: RecurringForm, template: InvoiceTemplate, customerName: String, at date: Date) {
        id = UUIDText.make()
        madeAt = date
        (self.form, self.template, self.customerName) = (form, template, customerName)
    }

    /// The simulator sends none of them.
    var json: JSONValue {
        let start = CivilDay(form.startDate)
        let end = form.cycle.flatMap { cycle in cycle > 0 ? start?.adding(months: cycle - 1).text : nil }
        var named: [String: JSONValue] = [
            "id": .string(template.id), "number": .string(String(template.number.prefix(24))),
            "amount": .amount(template.grossAmount),
        ]
        named["name"] = template.form.name.map(JSONValue.string)
        return .object([
            "id": .string(id), "status": .string(status.rawValue), "payment_policy": .string(form.policy.rawValue),
            "installments": .array(form.installments.map(\.json)), "invoice_template": .object(named),
            "customer": .object(["id": .string(form.customerID), "name": .string(customerName)]),
            "number": .string(number), "frequency": .string("monthly"), "start_date": .string(form.startDate),
            "end_date": .stringOrNull(end),
            "next_sending_date": canceledAt == nil ? .string(form.startDate) : .null, "sent_count": .count(0),
            "cycle": form.cycle.map(JSONValue.count) ?? .null,
            "canceled_at": .stringOrNull(canceledAt.map(BangkokTime.text)),
            "created_at": .string(BangkokTime.text(madeAt)),
        ])
    }
}
