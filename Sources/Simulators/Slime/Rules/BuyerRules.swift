/// A buyer who passed every rule, as far as the simulator remembers one.
struct Buyer: Sendable {
    let name: String
    /// How transactions are found by this buyer: `NIDN:1234567851231`. The page shows the form for `NIDN` alone.
    let systemTag: String
}

/// The parameters `document.buyer_info`, and the ten exceptions `Buyer::*`.
struct BuyerRules: Sendable {
    let leeway: SlimeSimulator.BuyerLeeway

    /// A buyer whose form is right, before it is looked at whether what it says can be.
    struct Form {
        let buyer: Buyer
        let identity: IdentityForm
        let email: String?
        let phone: String?
        let address: AddressForm
    }

    /// Everything that ends in `SchemaViolation`.
    func read(_ info: Member, allowsUnstructured: Bool) throws(Refusal) -> Form {
        let name = try info.filled("name")
        let identity = try IdentityForm(try info.member("identity"), passports: leeway.passports)
        // "Must be present per the official standard"; Slime may agree on something else with a shop.
        let address = try AddressForm(try info.member("address"), allowsUnstructured: allowsUnstructured)
        return Form(
            buyer: Buyer(name: name, systemTag: "\(identity.type.rawValue):\(identity.number)"), identity: identity,
            email: try info.optionalString("email"), phone: try info.optionalString("phone_number"), address: address)
    }

    /// Everything that ends in `Buyer::*`, in the order of the page's list.
    func judge(_ form: Form) throws(Refusal) {
        if form.identity.type != .passport, !CheckDigit.holds(form.identity.number) {
            throw Self.refusal("CheckDigitFailed", "identity." + form.identity.member)
        }
        if let email = form.email, !Contact.isEmail(email) { throw Self.refusal("InvalidEmail", "email") }
        if let phone = form.phone, !Contact.isPhone(phone) { throw Self.refusal("InvalidPhoneNumber", "phone_number") }
        let address = form.address
        guard Countries.codes.contains(address.country) else {
            throw Self.refusal("InvalidCountry", "address.country_id")
        }
        guard address.country == Countries.thailand else { return }
        guard Grammar.isDigits(address.postCode, count: 5) else {
            throw Self.refusal("InvalidPostcode", "address.post_code")
        }
        if let place = address.place { try judge(place) }
    }

    private func judge(_ place: AddressForm.Place) throws(Refusal) {
        guard Places.changwats.contains(place.changwat) else {
            throw Self.refusal("InvalidChangwat", "address.changwat_id")
        }
        guard Places.isAmphoe(place.amphoe, unlisted: leeway.unlistedPlaces) else {
            throw Self.refusal("InvalidAmphoe", "address.amphoe_id")
        }
        guard Places.isTambon(place.tambon, unlisted: leeway.unlistedPlaces) else {
            throw Self.refusal("InvalidTambon", "address.tambon_id")
        }
        guard place.amphoe.hasPrefix(place.changwat) else {
            throw Self.refusal("AmphoeNotInChangwat", "address.amphoe_id")
        }
        guard place.tambon.hasPrefix(place.amphoe) else {
            throw Self.refusal("TambonNotInAmphoe", "address.tambon_id")
        }
    }

    private static func refusal(_ code: String, _ member: String) -> Refusal {
        Refusal(code: "Buyer::" + code, path: "document.buyer_info." + member)
    }
}
