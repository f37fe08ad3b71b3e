import Sales

/// What Billgate does not accept in a sale, beyond what no sale may have.
struct RequestRules: Sendable {
    /// The page's limit for the lines of invoices.
    private static let highestRate = ExactAmount(SaleTerms.usualVATRate)
    /// Whoever reads a JSON number as a binary fraction keeps so many digits.
    private static let digits = 15

    let event: SaleEvent

    var faults: [SaleFault] { ofDocument + ofLines + ofTotal + ofBuyer }

    private var sale: Sale { event.sale }

    private var ofDocument: [SaleFault] {
        var faults: [SaleFault] = []
        if sale.documentType == .abbreviatedTaxInvoice {
            faults.append(
                SaleFault(
                    pointer: "/document_type",
                    detail: "Billgate makes no abbreviated tax invoices: the paper is one; leave the member out"))
        }
        // An event that lacks one is refused already.
        if sale.dueOn != nil, sale.buyer == nil, sale.isChanged {
            faults.append(
                SaleFault(pointer: "/due_on", detail: "a sale on credit has a buyer, who owes the money"))
        }
        if ExactAmount(sale.vatRate) > Self.highestRate, sale.lines.contains(where: \.vatable) {
            faults.append(
                SaleFault(
                    pointer: "/customization/vat_rate",
                    detail: "Billgate takes a rate of \(SaleTerms.usualVATRate) at most, found \"\(sale.vatRate)\""))
        }
        return faults
    }

    private var ofLines: [SaleFault] {
        func place(_ index: Int, _ member: String = "") -> String { "/document/line_items/\(index)\(member)" }
        var faults: [SaleFault] = []
        for (index, line) in sale.lines.enumerated() {
            for (member, number) in [("/unit_price", line.unitPrice), ("/quantity", line.quantity)]
            where number.significantDigits > Self.digits {
                faults.append(
                    SaleFault(
                        pointer: place(index, member),
                        detail: "Billgate keeps \(Self.digits) digits, found \(number.significantDigits)"))
            }
        }
        let lines = RequestLines(sale.lines)
        faults += lines.faults.map { SaleFault(pointer: place($0.index), detail: $0.detail) }
        for line in lines.lines {
            if line.discount.significantDigits > Self.digits {
                faults.append(
                    SaleFault(
                        pointer: place(line.index),
                        detail: """
                            what is taken off this line has \(line.discount.significantDigits) digits, and Billgate keeps \
                            \(Self.digits)
                            """))
            } else if line.quantity.significantDigits > Self.digits,
                sale.lines[line.index].quantity.significantDigits <= Self.digits
            {
                faults.append(
                    SaleFault(
                        pointer: place(line.index),
                        detail: """
                            together with lines that equal it, its quantity has \(line.quantity.significantDigits) digits, and \
                            Billgate keeps \(Self.digits)
                            """))
            }
        }
        return faults
    }

    /// Billgate adds exactly and rounds once. A sale that comes to something else would be registered, and then refused.
    private var ofTotal: [SaleFault] {
        let terms = SaleTerms(vatIncluded: sale.vatIncluded, vatRate: sale.vatRate, rounding: .total)
        guard sale.terms.rounding != .total, let theirs = Totals(of: sale.lines, under: terms),
            theirs.total != sale.totals.total
        else { return [] }
        return [
            SaleFault(
                pointer: sale.receipt.roundingRule == nil ? "/document/line_items" : "/receipt/rounding_rule",
                detail: """
                    the sale comes to \(sale.totals.total) by rounding rule "line", and to \(theirs.total) at Billgate, which \
                    rounds only the total: use rule "total"
                    """)
        ]
    }

    private var ofBuyer: [SaleFault] {
        guard let buyer = sale.buyer else { return [] }
        if case .coded(let address) = buyer.address, address.district == nil {
            return [
                SaleFault(
                    pointer: "/buyer/address/tambon_id",
                    detail: "Billgate needs the names that belong to the code, and the table has no such tambon")
            ]
        }
        guard case .taxID(_, .some) = buyer.identity else { return [] }
        return CustomerRecord.faults(of: RequestPerson(buyer))
    }
}
