/// The rules of `document.line_items`.
///
/// The section "Initiate with Receipt" names the same members without `vatable` and leaves the lengths out. Here a
/// receipt's lines keep the lengths of the other sections, which are those of the official standard.
struct LineRules {
    let unitCodes: Set<String>
    let type: SlimeSimulator.DocumentType

    /// - Returns: what is to be answered about the first unknown unit code, if there is one
    func check(_ document: Member, into sums: inout TradeSums) throws(Refusal) -> Refusal? {
        var unknown: Refusal?
        for (index, line) in try document.array("line_items", sizes: 1...1000).enumerated() {
            let path = "document.line_items[\(index)]"
            guard case .object = line else { throw .schema(path, "expected an object, found \(line.kind)") }
            let member = Member(line, path)
            let code = try checkLine(member, into: &sums)
            guard let code, !unitCodes.contains(code), unknown == nil else { continue }
            unknown = Refusal(
                code: "LineItems::InvalidUnitCode", message: "not a unit code of UN/CEFACT Recommendation No. 20",
                path: member.pathTo("unit_code"))
        }
        return unknown
    }

    /// - Returns: the line's unit code, if it has one
    private func checkLine(_ member: Member, into sums: inout TradeSums) throws(Refusal) -> String? {
        if let product = try member.optionalString("product_id", longest: 35), !Grammar.isIdentifier(product) {
            throw .schema(member.pathTo("product_id"), "expected letters, digits, and - _ / only")
        }
        _ = try member.string("name", longest: 256)
        _ = try member.optionalString("description", longest: 256)
        let price = try member.decimal("unit_price")
        let quantity = try member.decimal("quantity")
        let unitCode = try member.optionalString("unit_code")
        if type.hasVAT {
            sums.add(price: price, quantity: quantity, vatable: try member.bool("vatable"))
        } else {
            try member.absent("vatable")
            sums.add(price: price, quantity: quantity, vatable: false)
        }
        return unitCode
    }
}
