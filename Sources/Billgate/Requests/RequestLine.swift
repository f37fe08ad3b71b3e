import JSON
import Sales

/// One line of a request: a line of the sale, less what is taken off it.
struct RequestLine: Sendable, Equatable {
    /// Its place in the sale.
    let index: Int
    let description: String
    var quantity: DecimalNumber
    let unitPrice: DecimalNumber
    let vatable: Bool
    /// For the whole line.
    var discount = ExactAmount.zero

    init(_ line: LineItem, at index: Int) {
        self.index = index
        description = line.text
        quantity = line.quantity
        unitPrice = line.unitPrice
        vatable = line.vatable
    }

    /// What is left of it.
    var amount: ExactAmount { ExactAmount(unitPrice, times: quantity) - discount }

    /// Whether the two are the same line to Billgate, whose page wants all lines of a document to differ.
    func hasSameContent(as other: RequestLine) -> Bool {
        description.hasSameBytes(as: other.description) && quantity.hasSameValue(as: other.quantity)
            && unitPrice.hasSameValue(as: other.unitPrice) && vatable == other.vatable && discount == other.discount
    }

    /// - Parameter rate: of VAT, in percent.
    func json(rate: JSONNumber) -> JSONObject {
        [
            "description": .string(description), "quantity": .number(JSONNumber(quantity)),
            "unit_price": .number(JSONNumber(unitPrice)), "vat_rate": vatable ? .number(rate) : .null,
            "discount_amount": .number(discount == .zero ? JSONNumber(0) : JSONNumber(discount)),
        ]
    }
}

extension LineItem {
    /// UN/CEFACT Recommendation 20: one, piece, each. They go without saying.
    private static let pieces: Set = ["C62", "H87", "EA"]

    /// Billgate has one text for a line.
    fileprivate var text: String {
        let details = description.map { $0.isEmpty ? "" : " – \($0)" } ?? ""
        let unit = unitCode.map { Self.pieces.contains($0) ? "" : " (\($0))" } ?? ""
        return name + details + unit
    }
}
