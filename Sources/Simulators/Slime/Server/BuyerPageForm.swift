/// The form on the service page, and the `buyer_info` that it makes.
struct BuyerPageForm {
    struct Field {
        let name: String
        let label: String
        let example: String
    }

    static let fields: [Field] = [
        Field(name: "name", label: "ชื่อผู้ซื้อ", example: "Alabibi"),
        Field(name: "type", label: "ประเภท (TXID, NIDN, CCPT)", example: "NIDN"),
        Field(name: "number", label: "เลขประจำตัว", example: "1111111111119"),
        Field(name: "branch_id", label: "รหัสสาขา", example: ""),
        Field(name: "building_number", label: "เลขที่", example: "123/456"),
        Field(name: "tambon_id", label: "รหัสตำบล", example: "200905"),
        Field(name: "post_code", label: "รหัสไปรษณีย์", example: "20180"),
    ]

    private let values: [String: String]

    /// - Parameter body: `application/x-www-form-urlencoded` (WHATWG URL Standard, section 5.1)
    init(_ body: [UInt8]) {
        values = FormText.values(body)
    }

    var buyerInfo: JSONValue {
        let type = values["type"] ?? ""
        let numbers = ["TXID": "tax_id", "NIDN": "national_id_number", "CCPT": "passport_number"]
        var identity: [String: JSONValue] = ["type": .string(type)]
        if let member = numbers[type] { identity[member] = .string(values["number"] ?? "") }
        if let branch = values["branch_id"], !branch.isEmpty { identity["branch_id"] = .string(branch) }
        let tambon = values["tambon_id"] ?? ""
        return .object([
            "name": .string(values["name"] ?? ""), "identity": .object(identity),
            "address": .object([
                "country_id": .string("TH"), "post_code": .string(values["post_code"] ?? ""),
                "changwat_id": .string(String(tambon.prefix(2))), "amphoe_id": .string(String(tambon.prefix(4))),
                "tambon_id": .string(tambon), "building_number": .string(values["building_number"] ?? ""),
            ]),
        ])
    }
}
