import JSON

// The rules of a buyer (Slime API, "Initiate with Tax Invoice", Parameters). No fault quotes what a member says: it is
// personal.
extension ObjectReader {
    private static let numbers = ["tax_id", "national_id", "passport"]

    /// Of a whole event: the buyer that its document is made out to, if it is made out to one.
    ///
    /// - Parameters:
    ///   - change: what staff say instead; then the event's own buyer is not judged.
    ///   - checkingTable: whether the address has to agree with the table of tambons.
    mutating func buyer(of type: DocumentType, _ change: BuyerChange?, checkingTable: Bool) -> Buyer? {
        _ = parsed("document_type", rule: "one of \(DocumentType.rule)", DocumentType.init(rawValue:))
        let own = value("buyer")
        if own == nil, type.namesBuyer {
            faults.add(pointer / "buyer", "required for document_type \(type.rawValue), but missing")
        }
        if own != nil, !type.namesBuyer {
            faults.add(
                pointer / "document_type",
                "\(type.rawValue) is made out to nobody, and this sale has a buyer: leave one of the two out")
        }
        let given: JSONValue? =
            switch change {
            case nil: own
            case .replaced(let buyer): .object(buyer)
            case .removed: nil
            }
        var reader = given.flatMap { ObjectReader($0, at: pointer / "buyer", faults: faults, isPersonal: true) }
        return reader?.buyer(checkingTable: checkingTable)
    }

    /// Of the buyer itself.
    mutating func buyer(checkingTable: Bool) -> Buyer? {
        let name = documentLine("name", required: true)
        let identity = identity()
        let email = parsed("email", rule: EmailRule.rule) { EmailRule.isWellFormed($0) ? $0 : nil }
        let phone = parsed("phone", rule: PhoneRule.rule) { PhoneRule.isWellFormed($0) ? $0 : nil }
        var place = reader("address", required: true)
        let address = place?.address(checkingTable: checkingTable)
        refuseUnknownMembers()
        guard let name, let identity, let address else { return nil }
        var buyer = Buyer(name: name, identity: identity, address: address)
        (buyer.email, buyer.phone) = (email, phone)
        return buyer
    }

    private mutating func identity() -> BuyerIdentity? {
        let given = Self.numbers.filter(isGiven)
        let taxID = checkedNumber("tax_id")
        let nationalID = checkedNumber("national_id")
        let passport = parsed("passport", rule: PassportNumber.rule, PassportNumber.init)
        let branch = parsed("branch_id", rule: BranchID.rule, BranchID.init)
        if isGiven("branch_id"), !isGiven("tax_id") {
            faults.add(pointer / "branch_id", "only a buyer with a tax_id has branches: leave the member out")
        }
        guard given.count == 1 else {
            let found = given.isEmpty ? "none" : given.joined(separator: " and ")
            faults.add(pointer, "expected exactly one of \(Self.numbers.joined(separator: ", ")), found \(found)")
            return nil
        }
        return taxID.map { .taxID($0, branch: branch) } ?? nationalID.map { .nationalID($0) }
            ?? passport.map { .passport($0) }
    }

    /// A number with a check digit: its fault says whether the form is wrong or a digit.
    private mutating func checkedNumber(_ key: String) -> TaxID? {
        guard let text = string(key, length: 0...Int.max) else { return nil }
        if let number = TaxID(text) { return number }
        let hasForm =
            text.utf8.count == 13 && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        faults.add(
            pointer / key,
            hasForm
                ? "the check digit does not fit: at least one of the 13 digits is wrong, or two have changed places"
                : "expected \(TaxID.rule)")
        return nil
    }
}
