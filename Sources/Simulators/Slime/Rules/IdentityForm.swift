/// The form of `buyer_info.identity`.
struct IdentityForm {
    enum Kind: String, CaseIterable {
        /// A juristic person.
        case taxID = "TXID"
        /// A Thai citizen.
        case nationalID = "NIDN"
        case passport = "CCPT"
    }

    let type: Kind
    /// The member that this type requires.
    let member: String
    let number: String

    init(_ identity: Member, passports: SlimeSimulator.BuyerLeeway.Passports) throws(Refusal) {
        guard let type = Kind(rawValue: try identity.string("type")) else {
            throw .schema(identity.pathTo("type"), "expected TXID, NIDN or CCPT")
        }
        self.type = type
        member =
            switch type {
            case .taxID: "tax_id"
            case .nationalID: "national_id_number"
            case .passport: "passport_number"
            }
        number = try identity.string(member)
        // A number of another type, and "reserved for future uses": they have a form as well.
        for other in ["tax_id", "national_id_number", "passport_number", "other_id"] where other != member {
            _ = try identity.optionalString(other)
        }
        guard Self.fits(number, type, passports) else {
            throw .schema(identity.pathTo(member), "expected thirteen digits")
        }
        if let branch = try identity.optionalString("branch_id"), !Grammar.isBranch(branch) {
            throw .schema(identity.pathTo("branch_id"), "expected five digits")
        }
    }

    private static func fits(
        _ number: String, _ type: Kind, _ passports: SlimeSimulator.BuyerLeeway.Passports
    ) -> Bool {
        if type == .passport, passports == .lettersAndDigits {
            // ICAO Doc 9303 part 4: at most nine characters in the machine-readable zone; states print longer ones.
            return (1...20).contains(number.utf8.count) && number.utf8.allSatisfy(Grammar.isLetterOrDigit)
        }
        return Grammar.isDigits(number, count: 13)
    }
}
