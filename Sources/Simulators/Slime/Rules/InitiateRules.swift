import Foundation

/// What a transaction is made of, from data that follows every rule.
struct InitiateRequest: Sendable {
    let type: SlimeSimulator.DocumentType
    let transactionID: String
    let tags: [String]
    /// As the API writes decimals: `90.0`.
    let tradeValue: String
    let buyer: Buyer?
}

/// The parameters of the four "Initiate with …", rule by rule, and the exceptions that follow from them.
///
/// The page does not say in which order the rules are looked at. Here the whole form comes first (`SchemaViolation`),
/// then the buyer in the order of the page's list of exceptions, the unit codes, the theme, and last whether the id is
/// taken; `Configuration.answersTakenIDsFirst` puts that before the buyer, as the page lists it.
struct InitiateRules: Sendable {
    let themes: [SlimeSimulator.Theme]
    let language: String
    let unitCodes: Set<String>
    let tradeValue: SlimeSimulator.TradeValueRule
    let buyers: BuyerRules

    init(_ configuration: SlimeSimulator.Configuration) {
        themes = configuration.themes
        language = configuration.language
        unitCodes = configuration.unitCodes
        tradeValue = configuration.tradeValue
        buyers = BuyerRules(leeway: configuration.buyers)
    }

    func check(_ data: JSONValue, for type: SlimeSimulator.DocumentType) throws(Refusal) -> InitiateRequest {
        let member = Member(data, "")
        let id = try member.string("transaction_id", longest: 30)
        guard Grammar.isIdentifier(id) else {
            throw .schema("transaction_id", "expected letters, digits, and - _ / only")
        }
        let tags = try TagRules.check(try member.optionalArray("tags", sizes: TagRules.sizes) ?? [])
        let document = Member(try member.object("document"), "document")
        try checkTime(document, for: type)
        _ = try document.optionalString("ref")
        _ = try document.optionalObject("theme_parameters")
        let customization = Member(try member.object("customization"), "customization")
        let buyer =
            try type.hasBuyer
            ? buyers.read(document.member("buyer_info"), allowsUnstructured: allowsUnstructured(customization)) : nil
        var sums = TradeSums(by: tradeValue)
        let unitCode = try LineRules(unitCodes: unitCodes, type: type).check(document, into: &sums)
        let theme = try customization.member("theme")
        let themeID = try theme.string("id")
        if let branch = try customization.optionalString("seller_branch_id"), !Grammar.isBranch(branch) {
            throw .schema("customization.seller_branch_id", "expected five digits")
        }
        let value = try tradeValue(of: sums, customization, for: type)
        if let buyer { try buyers.judge(buyer) }
        if let unitCode { throw unitCode }
        try checkTheme(themeID, theme, for: type)
        return InitiateRequest(type: type, transactionID: id, tags: tags, tradeValue: value, buyer: buyer?.buyer)
    }

    /// A receipt need not say when its trade was settled.
    private func checkTime(_ document: Member, for type: SlimeSimulator.DocumentType) throws(Refusal) {
        let text = try type == .receipt ? document.optionalString("issued_at") : document.string("issued_at")
        guard text.map(Grammar.isTimestamp) ?? true else {
            throw .schema("document.issued_at", "expected an ISO 8601 timestamp such as 2026-11-20T10:15:00+07:00")
        }
    }

    private func allowsUnstructured(_ customization: Member) throws(Refusal) -> Bool {
        guard let quirks = try customization.optionalMember("quirks") else { return false }
        return try quirks.optionalBool("allow_unstructured_address") ?? false
    }

    private func tradeValue(
        of sums: TradeSums, _ customization: Member, for type: SlimeSimulator.DocumentType
    ) throws(Refusal) -> String {
        var (included, rate) = (true, Decimal.zero)
        if type.hasVAT {
            included = try customization.bool("vat_included")
            rate = Decimal(string: try customization.decimal("vat_rate")) ?? .nan
        } else {
            // The page has no such parameters for a receipt. It does not say that they are refused; here they are,
            // because a client that sends them has mixed two subjects up.
            try customization.absent("vat_included")
            try customization.absent("vat_rate")
        }
        guard let value = sums.tradeValue(vatIncluded: included, rate: rate) else {
            throw .schema("document.line_items", "expected amounts that can be added up")
        }
        return value
    }

    private func checkTheme(
        _ id: String, _ member: Member, for type: SlimeSimulator.DocumentType
    ) throws(Refusal) {
        guard let theme = themes.first(where: { $0.id == id }) else { throw Refusal(code: "Theme::NotFound") }
        guard theme.documentTypes.contains(type) else { throw Refusal(code: "Theme::UnsupportedDocumentType") }
        guard theme.languages.contains(language) else { throw Refusal(code: "Theme::UnsupportedLanguage") }
        guard theme.needsColor else { return }
        let color = try member.string("color")
        guard Grammar.isColor(color) || type == .receipt && !theme.keepsColorPatternOnReceipts else {
            throw .schema("customization.theme.color", "expected a color such as #cd0c2b")
        }
    }
}
