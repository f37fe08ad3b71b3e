import Foundation

/// `CreateInvoiceTemplateRequest`.
struct TemplateForm: Sendable {
    let name: String?
    let number: String
    let lines: [TemplateLine]
    let remark: String?
    let withholds: Bool
    /// As a part of one, as in `0.03`.
    let withholdingRate: Decimal
    let vatIncluded: Bool
    let dueDateTerm: Int

    init(_ member: Member, _ leeway: BillgateSimulator.Leeway) throws(Refusal) {
        let figures = Figures(leeway)
        try member.present("name")
        name = try member.textOrNull("name")
        number = try member.string("number")
        var lines: [TemplateLine] = []
        for (index, element) in try member.array("items", sizes: 0...Int.max).enumerated() {
            let path = "items[\(index)]"
            guard case .object = element else { throw .schema(path, "expected an object, found \(element.kind)") }
            lines.append(try TemplateLine(Member(element, path), figures))
        }
        self.lines = lines
        remark = try member.optionalText("remark")
        if let tax = try member.optionalMember("withholding_tax") {
            withholds = try tax.optionalBool("on") ?? true
            withholdingRate = tax.has("rate") ? try tax.number("rate", figures) : 0
        } else {
            (withholds, withholdingRate) = (false, 0)
        }
        vatIncluded = try member.optionalBool("is_vat_included") ?? false
        dueDateTerm = try member.integer("due_date_term", in: 0...Int.max)
    }

    var sums: DocumentSums {
        DocumentSums(
            lines.map(\.documentLine), vatIncluded: vatIncluded,
            withholdingRate: withholds ? withholdingRate * 100 : 0)
    }

    /// The template as `Invoice-Template-Response` shows it.
    var json: JSONValue {
        let sums = sums
        var members: [String: JSONValue] = [
            "items": .array(lines.map { $0.json(vatIncluded: vatIncluded) }),
            "due_date_term": .count(dueDateTerm),
            "discount": .object([
                "on": .bool(sums.discount > 0), "percentage": .count(0), "amount": .amount(sums.discount),
            ]),
            "vat": .object([
                "on": .bool(sums.vatRate > 0), "is_included": .bool(vatIncluded),
                "rate": .amount(sums.vatRate / 100), "amount": .amount(sums.vat),
            ]),
            "withholding_tax": .object([
                "on": .bool(withholds), "rate": .amount(withholdingRate), "amount": .amount(sums.withholding),
            ]),
            "vat_exempted_amount": .amount(sums.exempt), "taxable_sales_amount": .amount(sums.taxable),
            "net_amount": .amount(sums.beforeVAT), "items_amount": .amount(sums.subtotal),
            "total_amount": .amount(sums.total), "gross_amount": .amount(sums.paid),
        ]
        members["name"] = name.map(JSONValue.string)
        members["remark"] = remark.map(JSONValue.string)
        return .object(members)
    }
}
