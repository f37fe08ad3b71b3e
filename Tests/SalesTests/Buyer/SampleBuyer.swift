import Testing

@testable import Sales

/// Buyers as tills send them, one of each kind.
enum SampleBuyer {
    static let company = """
        {"name": "บริษัท ตัวอย่าง จำกัด", "tax_id": "0105561000003", "branch_id": "00001", "email": "account@example.com",
         "phone": "+66 (0)2-000-0000",
         "address": {"house_number": "99/1", "tambon_id": "200905", "post_code": "20180", "street": "ถนนข่าวสาร",
                     "soi": "ตรอกไดแอกอน", "moo": "10", "moo_barn": "จักจั่น", "building_name": "อาคารมินัสทิริธ",
                     "floor": "G", "room": "ห้อง A/1"}}
        """
    static let citizen = """
        {"name": "เมธี วัชรีเมาคลีกระโทก", "national_id": "1234567851231",
         "address": {"house_number": "123/456", "street": "ถนนสุขุมวิท", "sub_district": "คลองเตย", "district": "คลองเตย",
                     "province": "กรุงเทพมหานคร", "post_code": "10110"}}
        """
    static let foreigner = """
        {"name": "Alabibi", "passport": "1234567890123",
         "address": {"country": "JP", "line1": "1-1 Chiyoda", "line2": "Chiyoda-ku, Tokyo", "post_code": "100-8111"}}
        """

    /// The faults of the sample event with this buyer and further changes.
    static func faults(
        of buyer: String, changing changes: [(pointer: String, json: String?)] = []
    ) throws -> [SaleFault] {
        try SampleEvent.faults(changing: [("/buyer", buyer)] + changes)
    }

    /// The buyer of the sample event.
    static func decoded(_ json: String) throws -> Buyer {
        try #require(try SampleEvent.decode(changing: [("/buyer", json)]).sale.buyer)
    }
}
