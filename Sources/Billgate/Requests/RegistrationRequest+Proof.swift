public import JSON
public import RemoteServices
public import Sales

extension RegistrationRequest {
    /// Whether a request can be what was built for the sale of this event: it is for the sale's call, and has its id, its day,
    /// its lines and its buyer. Terms and walk-in are the configuration's of its time, which is not known any more.
    ///
    /// - Parameters:
    ///   - change: what staff have said of the buyer since; for a later tax invoice, to whom it is made out.
    ///   - isLaterInvoice: whether it is for the sale's later tax invoice, not for its registration.
    public static func agrees(
        _ request: ServiceRequest, with event: JSONObject, _ change: BuyerChange?, isLaterInvoice: Bool = false
    ) -> Bool {
        guard let context = RegistrationContext(request.context),
            let wanted = WantedDocument(request.bytes, kind: context.kind), let id = event.text("transaction_id"),
            let document = event.object("document"), let issuedAt = document.text("issued_at").flatMap(Timestamp.parse)
        else { return false }
        let buyer = buyer(of: event, change)
        let isLater = wanted.number.hasSameBytes(as: context.numberPrefix + id + laterSuffix)
        guard isLater || wanted.number.hasSameBytes(as: context.numberPrefix + id) else { return false }
        return context.kind == (isLater ? .taxInvoice : kind(of: event, change))
            && isLater == isLaterInvoice && wanted.issueDay == BangkokDay(of: issuedAt)
            && agrees(wanted.customer, with: buyer)
            && agrees(wanted.items, with: document["line_items"])
    }

    private static func kind(of event: JSONObject, _ change: BuyerChange?) -> DocumentKind {
        if event.text("due_on") != nil { return .invoice }
        let stated = DocumentType(statedBy: event)
        return (change?.documentType(insteadOf: stated) ?? stated) == .taxInvoice ? .taxInvoice : .receipt
    }

    private static func buyer(of event: JSONObject, _ change: BuyerChange?) -> JSONObject? {
        switch change {
        case nil: event.object("buyer")
        case .replaced(let buyer): buyer
        case .removed: nil
        }
    }

    /// An address by code may have got other names by the table of the day when it was sent.
    private static func agrees(_ customer: JSONObject, with buyer: JSONObject?) -> Bool {
        guard let buyer else { return true }
        guard let person = Buyer(buyer).map({ RequestPerson($0) })?.json else { return false }
        return ["name", "tax_number", "phone_number", "emails"].allSatisfy { customer[$0] == person[$0] }
    }

    /// The rate of VAT is a term.
    private static func agrees(_ sent: [JSONObject], with kept: JSONValue?) -> Bool {
        guard case .array(let values)? = kept else { return false }
        let items = values.compactMap { if case .object(let line) = $0 { LineItem(kept: line) } else { nil } }
        let lines = RequestLines(items).lines.map { $0.json(rate: JSONNumber(0)) }
        return items.count == values.count && sent.count == lines.count
            && zip(sent, lines).allSatisfy { sent, line in
                line.members.allSatisfy { key, value in
                    key == "vat_rate" ? sent[key]?.isNull == value.isNull : sent[key] == value
                }
            }
    }
}

extension LineItem {
    /// Of an event that was accepted; nil if it is damaged.
    fileprivate init?(kept line: JSONObject) {
        guard let name = line.text("name"), let price = line.text("unit_price").flatMap(DecimalNumber.init),
            let quantity = line.text("quantity").flatMap(DecimalNumber.init)
        else { return nil }
        // A receipt's line need not say that it has no VAT.
        self.init(name: name, unitPrice: price, quantity: quantity, vatable: line["vatable"] == .bool(true))
        description = line.text("description")
        unitCode = line.text("unit_code")
    }
}
