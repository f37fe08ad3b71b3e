import JSON

import struct Foundation.Date

// The rules of each part of a sale (Slime API, "Initiate with Tax Invoice Stub", Parameters).
extension ObjectReader {
    private static var earliestIssue: Date { Date(timeIntervalSince1970: -12_212_553_600) }

    mutating func issueTime(latest: Date) -> Date? {
        guard let date = parsed("issued_at", required: true, rule: Timestamp.rule, Timestamp.parse) else { return nil }
        guard date <= latest else {
            faults.add(pointer / "issued_at", "more than a day in the future; a sale is sent when it is settled")
            return nil
        }
        guard date >= Self.earliestIssue else {
            faults.add(pointer / "issued_at", "before 1583, for which ISO 8601 needs a mutual agreement")
            return nil
        }
        return date
    }

    /// Of a whole event: when a sale on credit has to be paid.
    mutating func dueDay(of type: DocumentType, issuedAt: Date?) -> BangkokDay? {
        guard let day = parsed("due_on", rule: BangkokDay.rule, BangkokDay.init) else { return nil }
        // That a document has a buyer and is made out to nobody is told of its type.
        if !type.namesBuyer, !isGiven("buyer") {
            faults.add(
                pointer / "due_on", "a sale on credit has a buyer, who owes the money: add it, or leave this out")
        }
        if let issuedAt, day < BangkokDay(of: issuedAt) {
            faults.add(pointer / "due_on", "earlier than the day of the sale, \(BangkokDay(of: issuedAt).text)")
        }
        return day
    }

    /// nil if the list is missing or a line is wrong.
    mutating func lineItems(of type: DocumentType) -> [LineItem]? {
        guard let values = array("line_items", required: true, size: 1...1_000) else { return nil }
        let items = values.enumerated().map { index, value in
            var reader = ObjectReader(value, at: pointer / "line_items" / index, faults: faults)
            return reader?.lineItem(of: type)
        }
        let complete = items.compactMap(\.self)
        return complete.count == items.count ? complete : nil
    }

    private mutating func lineItem(of type: DocumentType) -> LineItem? {
        let productID = parsed("product_id", rule: "1 to 35 characters out of A-Z a-z 0-9 - _ /") { text in
            (1...35).contains(text.utf8.count) && text.utf8.allSatisfy(TransactionID.isAccepted) ? text : nil
        }
        let name = visibleString("name", required: true, length: 1...256)
        let description = string("description")
        let unitPrice = decimal("unit_price", required: true)
        var quantity = decimal("quantity", required: true)
        if let given = quantity, given.millionths <= 0 {
            faults.add(pointer / "quantity", "expected a quantity above 0, found \"\(given.text)\"")
            quantity = nil
        }
        let unitCode = parsed("unit_code", rule: UnitCode.rule) { UnitCode.isWellFormed($0) ? $0 : nil }
        let vatable = isVatable(in: type)
        refuseUnknownMembers()
        guard let name, let unitPrice, let quantity, let vatable else { return nil }
        var item = LineItem(name: name, unitPrice: unitPrice, quantity: quantity, vatable: vatable)
        item.productID = productID
        item.description = description
        item.unitCode = unitCode
        return item
    }

    /// What has no VAT at all need not say so of each line.
    private mutating func isVatable(in type: DocumentType) -> Bool? {
        guard let vatable = flag("vatable", required: type.hasVAT) else { return type.hasVAT ? nil : false }
        guard vatable, !type.hasVAT else { return vatable }
        faults.add(pointer / "vatable", "a \(type.rawValue) is for a sale without VAT: no line of it is vatable")
        return nil
    }

    /// - Parameter branch: the branch that this gateway sells for; nil for an event that was accepted as this store's
    ///   before.
    mutating func checkCustomization(of type: DocumentType, for branch: BranchID?) {
        if let theme = reader("theme")?.object["id"], !theme.isNull {
            if case .string = theme {
            } else {
                faults.add(pointer / "theme" / "id", "expected a string, found \(theme.kind)")
            }
        }
        let given = parsed("seller_branch_id", rule: BranchID.rule, BranchID.init)
        if let given, let branch, given != branch {
            faults.add(
                pointer / "seller_branch_id",
                "this gateway sells for branch \(branch.text), found \"\(given.text)\"; leave the member out")
        }
        _ = flag("vat_included")
        if let rate = decimal("vat_rate"), !SaleTerms.rates.contains(rate.millionths) {
            faults.add(pointer / "vat_rate", "expected a rate from 0 to 1, such as \"0.07\", found \"\(rate.text)\"")
        }
        for key in ["vat_included", "vat_rate"] where !type.hasVAT && isGiven(key) {
            faults.add(pointer / key, "a \(type.rawValue) is for a sale without VAT: leave the member out")
        }
        _ = object("quirks")
        refuseUnknownMembers()
    }

    mutating func receiptDetails() -> ReceiptDetails {
        let maximum = SaleDecoder.maximumReceiptEntries
        var details = ReceiptDetails()
        details.number = visibleString("number", length: 1...64)
        details.cashier = string("cashier")
        details.payments = (array("payments", size: 0...maximum) ?? []).enumerated().compactMap { index, value in
            var reader = ObjectReader(value, at: pointer / "payments" / index, faults: faults)
            return reader?.payment()
        }
        details.change = decimal("change")
        details.rounding = decimal("rounding")
        details.total = decimal("total")
        details.roundingRule = parsed("rounding_rule", rule: "\"line\" or \"total\"", RoundingRule.init(rawValue:))
        details.notes = strings("notes", size: 0...maximum, length: 0...256)
        details.prints = flag("print") ?? true
        details.printer = string("printer", length: 1...64)
        refuseUnknownMembers()
        return details
    }

    private mutating func payment() -> Payment? {
        let method = visibleString("method", required: true, length: 1...64)
        let amount = decimal("amount", required: true)
        refuseUnknownMembers()
        guard let method, let amount else { return nil }
        return Payment(method: method, amount: amount)
    }

    /// Our totals, or nil after a fault: out of range, negative, or different from the till's.
    func totals(of lines: [LineItem], under terms: SaleTerms, claimed: DecimalNumber?) -> Totals? {
        let place = JSONPointer.root / "document" / "line_items"
        guard let totals = Totals(of: lines, under: terms) else {
            let maximum = "\(Money.maximum.grouped) baht"
            if let index = lines.firstIndex(where: { $0.amount(under: terms.rounding).money == nil }) {
                faults.add(place / index, "unit_price times quantity is more than \(maximum)")
            } else {
                faults.add(place, "the lines add up to more than \(maximum)")
            }
            return nil
        }
        if totals.total < .zero { faults.add(place, "the total is negative: \(totals.total)") }
        if totals.vatable < .zero { faults.add(place, "the vatable amount is negative: \(totals.vatable)") }
        if let claimed, ExactAmount(claimed) != ExactAmount(totals.total) {
            let other = terms.replacing(rounding: terms.rounding.other)
            let wouldBeRight = Totals(of: lines, under: other).map { ExactAmount($0.total) == ExactAmount(claimed) }
            let advice =
                wouldBeRight == true
                ? ", which is what rule \"\(other.rounding.rawValue)\" gives: see receipt.rounding_rule" : ""
            faults.add(
                JSONPointer.root / "receipt" / "total",
                """
                the lines add up to \(totals.total) (VAT \(totals.vat)) by rounding rule \
                "\(terms.rounding.rawValue)", found "\(claimed.text)"\(advice)
                """)
        }
        return totals
    }
}
