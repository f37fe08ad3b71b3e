import Foundation

/// What a stub's data comes to once every rule is kept.
struct StubRequest: Sendable {
    let transactionID: String
    let tags: [String]
    /// As the API writes decimals: `90.0`.
    let tradeValue: String
}

/// The parameters of "Initiate with Tax Invoice Stub", rule by rule, and the exceptions that follow from them.
struct StubRules: Sendable {
    let themes: [SlimeSimulator.Theme]
    let language: String
    let unitCodes: Set<String>
    let tradeValue: SlimeSimulator.TradeValueRule

    func check(_ data: JSONValue) throws(Refusal) -> StubRequest {
        let member = Member(data, "")
        let id = try member.string("transaction_id", longest: 30)
        guard Grammar.isIdentifier(id) else {
            throw .schema("transaction_id", "expected letters, digits, and - _ / only")
        }
        let tags = try checkTags(member)
        let document = Member(try member.object("document"), "document")
        _ = try document.optionalString("ref")
        guard Grammar.isTimestamp(try document.string("issued_at")) else {
            throw .schema("document.issued_at", "expected an ISO 8601 timestamp such as 2026-11-20T10:15:00+07:00")
        }
        _ = try document.optionalObject("theme_parameters")
        let lines = try document.array("line_items", sizes: 1...1000)
        var sums = TradeSums(by: tradeValue)
        var unitCode: (code: String, path: String)?
        for (index, line) in lines.enumerated() {
            let path = "document.line_items[\(index)]"
            let code = try checkLine(line, path, into: &sums)
            if let code, !unitCodes.contains(code) { unitCode = unitCode ?? (code, path + ".unit_code") }
        }
        let customization = Member(try member.object("customization"), "customization")
        let themeObject = try customization.object("theme")
        let themeID = try Member(themeObject, "customization.theme").string("id")
        if let branch = try customization.optionalString("seller_branch_id"), !Grammar.isBranch(branch) {
            throw .schema("customization.seller_branch_id", "expected five digits")
        }
        let vatIncluded = try customization.bool("vat_included")
        let rate = try customization.decimal("vat_rate")
        guard let value = sums.tradeValue(vatIncluded: vatIncluded, rate: Decimal(string: rate) ?? .nan) else {
            throw .schema("document.line_items", "expected amounts that can be added up")
        }
        if let unitCode {
            throw Refusal(
                code: "LineItems::InvalidUnitCode", message: "not a unit code of UN/CEFACT Recommendation No. 20",
                path: unitCode.path)
        }
        try checkTheme(themeID, themeObject)
        return StubRequest(transactionID: id, tags: tags, tradeValue: value)
    }

    private func checkTags(_ member: Member) throws(Refusal) -> [String] {
        var tags: [String] = []
        for (index, tag) in (try member.optionalArray("tags", sizes: 0...2) ?? []).enumerated() {
            guard let text = tag.text else { throw .schema("tags[\(index)]", "expected a string, found \(tag.kind)") }
            guard text.unicodeScalars.count <= 100 else {
                throw .schema("tags[\(index)]", "expected at most 100 characters")
            }
            tags.append(text)
        }
        return tags
    }

    /// Returns the line's unit code, when it has one.
    private func checkLine(_ line: JSONValue, _ path: String, into sums: inout TradeSums) throws(Refusal) -> String? {
        guard case .object = line else { throw .schema(path, "expected an object, found \(line.kind)") }
        let member = Member(line, path)
        if let product = try member.optionalString("product_id", longest: 35), !Grammar.isIdentifier(product) {
            throw .schema(member.pathTo("product_id"), "expected letters, digits, and - _ / only")
        }
        _ = try member.string("name", longest: 256)
        _ = try member.optionalString("description", longest: 256)
        let price = try member.decimal("unit_price")
        let quantity = try member.decimal("quantity")
        let unitCode = try member.optionalString("unit_code")
        sums.add(price: price, quantity: quantity, vatable: try member.bool("vatable"))
        return unitCode
    }

    private func checkTheme(_ id: String, _ object: JSONValue) throws(Refusal) {
        guard let theme = themes.first(where: { $0.id == id }) else { throw Refusal(code: "Theme::NotFound") }
        guard theme.supportsStubs else { throw Refusal(code: "Theme::UnsupportedDocumentType") }
        guard theme.languages.contains(language) else { throw Refusal(code: "Theme::UnsupportedLanguage") }
        guard theme.needsColor else { return }
        guard Grammar.isColor(try Member(object, "customization.theme").string("color")) else {
            throw .schema("customization.theme.color", "expected a color such as #cd0c2b")
        }
    }
}
