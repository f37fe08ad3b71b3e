import JSON
import Sales

/// The record of a buyer with a branch: only a record can say which branch it is.
///
/// It is found by a code of ours, so it is made once, however often a sale to the same branch is sent.
struct CustomerRecord: Sendable, Equatable {
    let code: String
    /// A `Customer-Request`.
    let json: JSONObject

    /// - Parameter customer: the member `customer` of a document's request.
    init?(_ customer: JSONObject, branch: BranchID) {
        guard let taxNumber = customer.text("tax_number"), let address = customer.object("address") else { return nil }
        code = "KK-\(taxNumber)-\(branch.text)"
        // A citizen's number begins with 1 to 8; a citizen's branch is 00000, as the page says.
        let isPerson = !taxNumber.hasPrefix("0") && branch.text == "00000"
        json = [
            "type": .string(isPerson ? "individual" : "corporate"), "name": customer["name"] ?? .null,
            "tax_number": .string(taxNumber), "branch_number": .string(branch.text),
            "phone_number": customer["phone_number"] ?? .null, "customer_code": .string(code),
            "emails": customer["emails"] ?? .array([]), "address": .object(address),
        ]
    }

    /// The id of the record in an answer; nil if it is another's. A list that ignores the code is no proof.
    func id(of entry: JSONObject) -> String? {
        guard entry["tax_number"] == json["tax_number"], entry["branch_number"] == json["branch_number"] else {
            return nil
        }
        return entry.text("id")
    }

    // MARK: Limits

    /// The page's limits for records, by the buyer's members. No fault quotes what a member says: it is personal.
    static func faults(of person: RequestPerson) -> [SaleFault] {
        let address = person.address
        let texts: [(pointer: String, text: String, most: Int)] = [
            ("/buyer/name", person.name, 140), ("/buyer/phone", person.phoneNumber, 30),
            ("/buyer/address", address.houseNumber, 140), ("/buyer/address", address.subDistrict, 30),
            ("/buyer/address", address.district, 30), ("/buyer/address", address.province, 30),
        ]
        var faults = texts.filter { $0.text.unicodeScalars.count > $0.most }.map { pointer, text, most in
            SaleFault(
                pointer: pointer,
                detail: """
                    Billgate takes \(most) characters here for a buyer with a branch, found \(text.unicodeScalars.count)
                    """)
        }
        if address.postCode.unicodeScalars.count != 5 {
            faults.append(
                SaleFault(
                    pointer: "/buyer/address/post_code",
                    detail: "Billgate takes 5 characters for a buyer with a branch: leave branch_id out"))
        }
        return faults
    }
}
