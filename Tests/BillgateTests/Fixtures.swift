import Foundation
import JSON
import Sales

@testable import Billgate

struct FixtureError: Error {}

enum Fixture {
    static let walkIn = WalkIn(
        address: .init(
            houseNumber: "99", subDistrict: "คลองเตย", district: "คลองเตย", province: "กรุงเทพมหานคร", postCode: "10110")
    )
    static let terms = BillgateTerms(walkIn: walkIn)

    static let company = """
        {"name":"บริษัท ตัวอย่าง จำกัด","tax_id":"0105561000003","branch_id":"00001","email":"account@example.com",
        "phone":"02-000-0000","address":{"house_number":"99/1","tambon_id":"200905","post_code":"20180","moo":"10",
        "moo_barn":"จักจั่น","building_name":"อาคารมินัสทิริธ","floor":"G","room":"ห้อง A/1","soi":"3","street":"ถนนข่าวสาร"}}
        """
    static let citizen = """
        {"name":"สมชาย หมายปอง","national_id":"1234567851231","address":{"house_number":"123/456","street":"ถนนสุขุมวิท",
        "sub_district":"คลองเตย","district":"คลองเตย","province":"กรุงเทพมหานคร","post_code":"10110"}}
        """
    static let foreigner = """
        {"name":"Alabibi","passport":"1234567890123","address":{"country":"JP","line1":"1-1 Chiyoda",
        "line2":"Chiyoda-ku, Tokyo","post_code":"100-8111"}}
        """
    static let usualLine = line("ข้าวโพดปิ้ง", "15", "8")

    static func line(_ name: String, _ price: String, _ quantity: String = "1", vatable: Bool = true) -> String {
        #"{"name":"\#(name)","unit_price":"\#(price)","quantity":"\#(quantity)","vatable":\#(vatable)}"#
    }

    /// - Parameter more: further members, each with a comma before it.
    static func event(
        _ id: String = "00001-POS01-20261120-0001", lines: [String] = [usualLine], more: String = "",
        rounding: RoundingRule = .total, branch: String = "00000"
    ) throws -> SaleEvent {
        guard let branch = BranchID(branch) else { throw FixtureError() }
        let decoder = SaleDecoder(
            defaults: SaleDefaults(
                branchID: branch, theme: ["id": .string("retail-hatsu"), "color": .string("#cd0c2b")],
                terms: SaleTerms(vatIncluded: true, vatRate: SaleTerms.usualVATRate, rounding: rounding)))
        let text = """
            {"transaction_id":"\(id)","document":{"issued_at":"2026-11-20T23:30:00+07:00","line_items":[
            \(lines.joined(separator: ","))]},"terminal_id":"POS-01"\(more)}
            """
        return try decoder.decode(Array(text.utf8), receivedAt: .distantFuture)
    }

    /// The same sale with what staff have said of its buyer since.
    static func event(_ event: SaleEvent, changedBy change: BuyerChange) throws -> SaleEvent {
        guard let branch = BranchID("00000") else { throw FixtureError() }
        let decoder = SaleDecoder(defaults: SaleDefaults(branchID: branch, theme: [:], terms: event.sale.terms))
        return try decoder.decode(KeptSale(event: event.canonicalBytes, terms: event.sale.terms, change: change))
    }

    static func text(_ event: SaleEvent, under terms: BillgateTerms = terms) -> String {
        String(decoding: RegistrationRequest(event, under: terms).bytes, as: UTF8.self)
    }

    static func object(_ json: String) throws -> JSONObject {
        guard case .object(let object) = try JSONParser.parse(Array(json.utf8)) else { throw FixtureError() }
        return object
    }
}
