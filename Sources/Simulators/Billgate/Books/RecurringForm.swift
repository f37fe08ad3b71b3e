import Foundation

/// `CreateRecurringInvoiceRequest`.
struct RecurringForm: Sendable {
    enum Policy: String, CaseIterable {
        case fullyPaid = "fully_paid"
        case installment
    }

    struct Installment: Sendable {
        let number: Int?
        let amount: Decimal?

        var json: JSONValue {
            var members: [String: JSONValue] = [:]
            members["installment"] = number.map(JSONValue.count)
            members["amount"] = amount.map(JSONValue.amount)
            return .object(members)
        }
    }

    private enum Frequency: String, CaseIterable {
        case monthly
    }

    let templateID: String
    let customerID: String
    let number: String
    let startDate: String
    /// nil for ever.
    let cycle: Int?
    let policy: Policy
    let installments: [Installment]

    init(_ member: Member, _ leeway: BillgateSimulator.Leeway) throws(Refusal) {
        templateID = try member.string("invoice_template_id").lowercased()
        guard UUIDText.isUUID(templateID) else { throw .schema("invoice_template_id", "expected a UUID") }
        customerID = try member.string("customer_id")
        number = try member.text("number", 1...24)
        let frequency: Frequency? = try member.optionalWord("frequency")
        guard frequency != nil else { throw .schema("frequency", "expected monthly, found nothing") }
        startDate = try member.day("start_date")
        try member.present("cycle")
        cycle = member.isNull("cycle") ? nil : try member.integer("cycle", in: 0...1200)
        policy = member.isNull("payment_policy") ? .fullyPaid : try member.optionalWord("payment_policy") ?? .fullyPaid
        var installments: [Installment] = []
        if member.has("installments"), !member.isNull("installments") {
            for element in try member.uniqueObjects("installments", sizes: 0...Int.max) {
                installments.append(
                    Installment(
                        number: try element.optionalInteger("installment", in: Int.min...Int.max),
                        amount: element.has("amount") ? try element.number("amount", Figures(leeway)) : nil))
            }
        }
        self.installments = installments
    }

    /// "As many as there are cycles, and together the template's gross_amount."
    func check(against template: InvoiceTemplate) throws(Refusal) {
        guard policy == .installment else { return }
        guard installments.count == cycle else {
            throw .schema("installments", "expected as many as there are cycles, found \(installments.count)")
        }
        let sum = installments.reduce(Decimal.zero) { $0 + ($1.amount ?? 0) }
        guard sum == template.grossAmount else {
            throw .schema("installments", "expected \(template.grossAmount) in all, found \(sum)")
        }
    }
}
