import Foundation

/// A line of a template.
struct TemplateLine: Sendable {
    private enum DiscountKind: String, CaseIterable {
        case percentage, money
    }

    let description: String
    let quantity: Decimal
    let price: Decimal
    /// In percent; nil if there is none. The page has 0.07 in requests, and 7 in answers.
    let vatRate: Decimal?
    /// In percent; nil for a sum of money.
    let discountRate: Decimal?
    let discount: Decimal?

    init(_ member: Member, _ figures: Figures) throws(Refusal) {
        description = try member.string("description")
        quantity = try member.number("quantity", figures)
        price = try member.number("price_per_item", figures)
        vatRate = try member.numberOrNull("vat_rate", figures).map { $0 <= 1 ? $0 * 100 : $0 }
        guard let discount = try member.memberOrNull("discount") else {
            (discountRate, self.discount) = (nil, nil)
            return
        }
        let kind: DiscountKind = try discount.optionalWord("type") ?? .money
        let total = discount.has("total") ? try discount.number("total", figures) : 0
        discountRate = kind == .percentage ? total : nil
        self.discount = kind == .percentage ? quantity * price * total / 100 : total
    }

    var documentLine: DocumentLine {
        DocumentLine(
            description: description, quantity: quantity, unitPrice: price, vatRate: vatRate, discount: discount ?? 0,
            takenOff: discount ?? 0)
    }

    func json(vatIncluded: Bool) -> JSONValue {
        let net = documentLine.net
        let vat = vatRate.map { rate in
            JSONValue.object([
                "rate": .amount(rate),
                "amount": .amount(Figures.rounded(net * rate / (vatIncluded ? 100 + rate : 100), 12)),
            ])
        }
        let taken = discount.map { amount in
            JSONValue.object(["rate": discountRate.map(JSONValue.amount) ?? .null, "amount": .amount(amount)])
        }
        return .object([
            "description": .string(description), "quantity": .amount(quantity), "price_per_item": .amount(price),
            "vat": vat ?? .null, "discount": taken ?? .null,
        ])
    }
}
