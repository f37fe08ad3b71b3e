import Foundation

/// A customer's record.
struct Customer: Shelved {
    let id: String
    let madeAt: Date
    var form: CustomerForm
    var isGone = false

    var number: String { form.code ?? form.name }
    var code: String? { form.code }

    init(_ form: CustomerForm, at date: Date) {
        // Up to 32 characters: the page's examples are UUIDs without their hyphens.
        id = Unguessable.text()
        madeAt = date
        self.form = form
    }

    func json(_ leeway: BillgateSimulator.Leeway) -> JSONValue {
        var address = form.address.mapValues(JSONValue.string)
        if leeway.answers.addsAddressMembers {
            address["country"] = .string("TH")
            address["street"] = .null
        }
        var members: [String: JSONValue] = [
            "id": .string(id), "type": .string(form.type.rawValue), "name": .string(form.name),
            "address": .object(address),
        ]
        // Nothing in the answer's schema may be null, and it has no customer_code.
        members["alias"] = form.alias.map(JSONValue.string)
        members["tax_number"] = form.taxNumber.map(JSONValue.string)
        members["branch_number"] = form.branch.map(JSONValue.string)
        members["phone_number"] = form.phone.map(JSONValue.string)
        members["emails"] =
            leeway.customerEmails == .array
            ? .array(form.emails.map(JSONValue.string)) : .string(form.emails.first ?? "")
        return .object(members)
    }
}
