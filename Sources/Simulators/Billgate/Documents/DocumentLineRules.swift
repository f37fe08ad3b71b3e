import Foundation

/// The rules of `items`.
struct DocumentLineRules {
    let figures: Figures
    let discount: BillgateSimulator.Leeway.Discount
    /// "0 to 7" stands at the request for an invoice only.
    let limitsRate: Bool

    init(_ leeway: BillgateSimulator.Leeway, kind: BillgateSimulator.Document.Kind) {
        figures = Figures(leeway)
        discount = leeway.discount
        limitsRate = kind == .invoice
    }

    func read(_ document: Member) throws(Refusal) -> [DocumentLine] {
        var lines: [DocumentLine] = []
        for member in try document.uniqueObjects("items", sizes: 1...Int.max) { lines.append(try read(line: member)) }
        return lines
    }

    private func read(line member: Member) throws(Refusal) -> DocumentLine {
        let rate = try member.numberOrNull("vat_rate", figures)
        if limitsRate, let rate, !(0...7).contains(rate) {
            throw .schema(member.pathTo("vat_rate"), "expected 0 to 7")
        }
        let quantity = try amount(member, "quantity")
        let off = try member.numberOrNull("discount_amount", figures) ?? 0
        let line = DocumentLine(
            description: try member.text("description"), quantity: quantity,
            unitPrice: try amount(member, "unit_price"), vatRate: rate, discount: off,
            takenOff: discount == .line ? off : off * quantity)
        guard figures.takesNegative || (off >= 0 && line.net >= 0) else {
            throw .schema(member.pathTo("discount_amount"), "expected a discount from 0 to the price of the line")
        }
        return line
    }

    private func amount(_ member: Member, _ name: String) throws(Refusal) -> Decimal {
        let value = try member.number(name, figures)
        guard figures.takesNegative || value >= 0 else { throw .schema(member.pathTo(name), "expected 0 or more") }
        return value
    }
}
