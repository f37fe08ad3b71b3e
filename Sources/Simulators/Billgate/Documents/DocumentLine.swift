import Foundation

/// A line of a document.
struct DocumentLine: Sendable {
    let description: String
    let quantity: Decimal
    let unitPrice: Decimal
    /// In percent; nil for a line that is exempt.
    let vatRate: Decimal?
    /// As it was sent.
    let discount: Decimal
    /// What is taken off the line.
    let takenOff: Decimal

    var gross: Decimal { quantity * unitPrice }

    var net: Decimal { gross - takenOff }

    var json: JSONValue {
        .object([
            "description": .string(description), "quantity": .amount(quantity), "unit_price": .amount(unitPrice),
            "total_item_price": .amount(Figures.rounded(net, 12)), "vat_rate": .amount(vatRate ?? 0),
            "discount_amount": .amount(discount),
        ])
    }
}
