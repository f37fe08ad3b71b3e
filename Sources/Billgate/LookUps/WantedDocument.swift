import JSON
import Sales

/// What a request says of the document that it makes: by this it is found again.
struct WantedDocument: Sendable, Equatable {
    let kind: DocumentKind
    let number: String
    /// The paper's number; nil for a kind whose requests have no name.
    let name: String?
    let issueDay: BangkokDay
    let customer: JSONObject
    let items: [JSONObject]
    /// What it comes to; nil if that cannot be told from the request.
    let total: ExactAmount?

    /// nil if the bytes are no request of ours.
    init?(_ request: [UInt8], kind: DocumentKind) {
        guard case .object(let body)? = try? JSONParser.parse(request), let number = body.text("number") else {
            return nil
        }
        let data = kind == .invoice ? body : body.object("data")
        guard let data, let customer = data.object("customer"),
            let day = data.text("issue_date").flatMap(BangkokDay.init)
        else { return nil }
        self.kind = kind
        self.number = number
        name = kind.isNamed ? data.text("name") : nil
        issueDay = day
        self.customer = customer
        guard case .array(let items)? = data["items"] else { return nil }
        self.items = items.compactMap { if case .object(let item) = $0 { item } else { nil } }
        total = Self.total(of: self.items, vatIncluded: data["vat_included"] == .bool(true))
    }

    /// What of a document with the number may be another than ours.
    enum Aspect: String, Sendable, CaseIterable {
        case name, customer, total
    }

    /// How a document at Billgate stands to this one.
    enum Likeness: Sendable, Equatable {
        case same
        case other
        /// It has the number, and something else is another; a total only if nothing else is.
        case contradicting(Aspect)
    }

    func likeness(of document: ListedDocument) -> Likeness {
        guard let found = document.number, found.hasSameBytes(as: number) else { return .other }
        if let name, let found = document.name, !Self.isAlike(found, name) { return .contradicting(.name) }
        if let found = document.customer, !isCustomer(found) { return .contradicting(.customer) }
        if let total, case .amount(let found)? = document.total, found != total { return .contradicting(.total) }
        return .same
    }

    /// A number says it. A buyer with a record may be shown by the name in the record.
    private func isCustomer(_ found: JSONObject) -> Bool {
        if let taxNumber = found.text("tax_number"), let ours = customer.text("tax_number") {
            guard taxNumber.hasSameBytes(as: ours) else { return false }
            // A number of zeros, as walk-in customers have, is everybody's.
            if taxNumber.contains(where: { $0 != "0" }) { return true }
        }
        guard let name = found.text("name") else { return true }
        return Self.isAlike(name, customer.text("name") ?? "")
    }

    /// A service may leave out spaces that do not show.
    private static func isAlike(_ one: String, _ other: String) -> Bool {
        one.split(whereSeparator: \.isWhitespace) == other.split(whereSeparator: \.isWhitespace)
    }

    /// As Billgate adds up: exactly, and rounded once.
    private static func total(of items: [JSONObject], vatIncluded: Bool) -> ExactAmount? {
        var lines: [LineItem] = []
        var rates: Set<String> = []
        for item in items {
            guard let price = item.decimal("unit_price"), let quantity = item.decimal("quantity") else { return nil }
            if case .number(let rate)? = item["vat_rate"] { rates.insert(rate.text) }
            let vatable = item["vat_rate"].map { !$0.isNull } ?? false
            lines.append(LineItem(name: "", unitPrice: price, quantity: quantity, vatable: vatable))
            guard case .number(let discount)? = item["discount_amount"], discount.canonical != "0e0" else { continue }
            guard let off = DecimalNumber("-" + discount.text), let one = DecimalNumber("1") else { return nil }
            lines.append(LineItem(name: "", unitPrice: off, quantity: one, vatable: vatable))
        }
        guard rates.count <= 1, let rate = DecimalNumber(percent: rates.first ?? "0") else { return nil }
        let terms = SaleTerms(vatIncluded: vatIncluded, vatRate: rate, rounding: .total)
        return Totals(of: lines, under: terms).map { ExactAmount($0.total) }
    }
}

extension JSONObject {
    fileprivate func decimal(_ key: String) -> DecimalNumber? {
        if case .number(let number)? = self[key] { DecimalNumber(number.text) } else { nil }
    }
}

extension DecimalNumber {
    /// 0.07 for 7.
    fileprivate init?(percent text: String) {
        guard let percent = DecimalNumber(text), percent.millionths >= 0, percent.millionths % 100 == 0 else {
            return nil
        }
        let (whole, fraction) = (percent.millionths / 100).quotientAndRemainder(dividingBy: 1_000_000)
        self.init("\(whole)." + String(1_000_000 + fraction).dropFirst())
    }
}
