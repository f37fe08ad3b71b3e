import Foundation

/// What monthly invoices are made from.
struct InvoiceTemplate: Shelved {
    let id: String
    let madeAt: Date
    var updatedAt: Date
    var form: TemplateForm
    var isGone = false

    var number: String { form.number }
    /// What one invoice of it comes to: "the price to be paid", without what the customer withholds.
    var grossAmount: Decimal { form.sums.paid }

    init(_ form: TemplateForm, at date: Date) {
        id = UUIDText.make()
        (madeAt, updatedAt) = (date, date)
        self.form = form
    }

    func json(sellerID: String) -> JSONValue {
        .object([
            "id": .string(id), "seller_id": .string(sellerID), "number": .string(number), "template": form.json,
            "created_at": .string(BangkokTime.text(madeAt)), "updated_at": .string(BangkokTime.text(updatedAt)),
        ])
    }
}
