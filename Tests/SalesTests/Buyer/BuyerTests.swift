import Foundation
import JSON
import Testing

@testable import Sales

@Suite struct BuyerTests {
    @Test("every member of a company arrives where it belongs")
    func company() throws {
        let buyer = try SampleBuyer.decoded(SampleBuyer.company)
        #expect(buyer.name == "บริษัท ตัวอย่าง จำกัด")
        #expect(buyer.identity == .taxID(try #require(TaxID("0105561000003")), branch: BranchID("00001")))
        #expect((buyer.email, buyer.phone) == ("account@example.com", "+66 (0)2-000-0000"))
        guard case .coded(let address) = buyer.address else { throw SampleError() }
        #expect((address.houseNumber, address.postCode.text) == ("99/1", "20180"))
        #expect((address.tambon.text, address.tambon.amphoe, address.tambon.changwat) == ("200905", "2009", "20"))
        #expect((address.street, address.soi, address.moo) == ("ถนนข่าวสาร", "ตรอกไดแอกอน", "10"))
        #expect((address.mooBarn, address.buildingName) == ("จักจั่น", "อาคารมินัสทิริธ"))
        #expect((address.floor, address.room) == ("G", "ห้อง A/1"))
    }

    @Test("a citizen with an address by names, and a foreigner with one abroad")
    func persons() throws {
        let citizen = try SampleBuyer.decoded(SampleBuyer.citizen)
        #expect(citizen.identity == .nationalID(try #require(TaxID("1234567851231"))))
        #expect((citizen.email, citizen.phone) == (nil, nil))
        guard case .named(let named) = citizen.address else { throw SampleError() }
        #expect((named.houseNumber, named.street, named.postCode.text) == ("123/456", "ถนนสุขุมวิท", "10110"))
        #expect(
            named.district == .init(subDistrict: "คลองเตย", district: "คลองเตย", province: "กรุงเทพมหานคร"))
        let foreigner = try SampleBuyer.decoded(SampleBuyer.foreigner)
        #expect(foreigner.identity == .passport(try #require(PassportNumber("1234567890123"))))
        guard case .abroad(let abroad) = foreigner.address else { throw SampleError() }
        #expect((abroad.country.text, abroad.line1, abroad.line2) == ("JP", "1-1 Chiyoda", "Chiyoda-ku, Tokyo"))
        #expect(abroad.postCode == "100-8111")
    }

    @Test(
        "what a buyer must have and lacks is a fault at its place",
        arguments: [
            (SampleBuyer.company, ["/buyer/name"]), (SampleBuyer.company, ["/buyer/address"]),
            (SampleBuyer.company, ["/buyer/address/house_number"]), (SampleBuyer.company, ["/buyer/address/post_code"]),
            (SampleBuyer.citizen, ["/buyer/address/house_number"]),
            (
                SampleBuyer.citizen,
                ["/buyer/address/sub_district", "/buyer/address/district", "/buyer/address/province"]
            ),
            (SampleBuyer.citizen, ["/buyer/address/post_code"]), (SampleBuyer.foreigner, ["/buyer/address/line1"]),
            (SampleBuyer.foreigner, ["/buyer/address/post_code"]),
        ])
    func required(buyer: String, pointers: [String]) throws {
        for absent in [nil, "null"] {
            let faults = try SampleBuyer.faults(of: buyer, changing: pointers.map { ($0, absent) })
            #expect(faults == pointers.map { SaleFault(pointer: $0, detail: "required, but missing") })
        }
    }

    @Test("members that a buyer need not have may be left out")
    func optional() throws {
        let pointers = [
            "/branch_id", "/email", "/phone", "/address/street", "/address/soi", "/address/moo", "/address/moo_barn",
            "/address/building_name", "/address/floor", "/address/room",
        ]
        for absent in [nil, "null"] {
            #expect(
                try SampleBuyer.faults(
                    of: SampleBuyer.company, changing: pointers.map { ("/buyer" + $0, absent) }
                ).isEmpty)
        }
        #expect(try SampleBuyer.faults(of: SampleBuyer.citizen, changing: [("/buyer/address/street", nil)]).isEmpty)
        #expect(try SampleBuyer.faults(of: SampleBuyer.foreigner, changing: [("/buyer/address/line2", nil)]).isEmpty)
    }

    private static let ofCompany = [
        Mutation("/buyer/name", #""""#), Mutation("/buyer/name", #"" \u200B""#), Mutation("/buyer/name", "1"),
        Mutation("/buyer/name", "\"\(String(repeating: "ก", count: 257))\""),
        Mutation("/buyer/name", #""a\nb""#), Mutation("/buyer/name", #""a\u001Bb""#),
        Mutation("/buyer/name", #""a\u0000""#),
        Mutation("/buyer/tax_id", #""0000000000000""#), Mutation("/buyer/tax_id", #""0105561000004""#),
        Mutation("/buyer/tax_id", #""0105516000003""#), Mutation("/buyer/tax_id", #""010556100000""#),
        Mutation("/buyer/tax_id", #""01055610000033""#), Mutation("/buyer/tax_id", #""0-1055-61000-00-3""#),
        Mutation("/buyer/tax_id", #""๐๑๐๕๕๖๑๐๐๐๐๐๓""#), Mutation("/buyer/tax_id", "105561000003"),
        Mutation("/buyer/branch_id", #""1""#), Mutation("/buyer/branch_id", #""000001""#),
        Mutation("/buyer/branch_id", #""สนญ00""#), Mutation("/buyer/branch_id", "0"),
        Mutation("/buyer/email", #""""#), Mutation("/buyer/email", #""nobody""#), Mutation("/buyer/email", "[]"),
        Mutation("/buyer/phone", #""""#), Mutation("/buyer/phone", #""call me""#), Mutation("/buyer/phone", "20000000"),
        Mutation("/buyer/nickname", #""x""#),
        Mutation("/buyer/address/tambon_id", #""999999""#), Mutation("/buyer/address/tambon_id", #""20090""#),
        Mutation("/buyer/address/tambon_id", #""20090๕""#), Mutation("/buyer/address/tambon_id", "200905"),
        Mutation("/buyer/address/post_code", #""10110""#), Mutation("/buyer/address/post_code", #""2018""#),
        Mutation("/buyer/address/post_code", #""๒๐๑๘๐""#), Mutation("/buyer/address/post_code", "20180"),
        Mutation("/buyer/address/house_number", #"" ""#), Mutation("/buyer/address/soi", #""""#),
        Mutation("/buyer/address/room", #""a\u2028b""#), Mutation("/buyer/address/moo", "10"),
        Mutation("/buyer/address/amphoe_id", #""2009""#), Mutation("/buyer/address/sub_district", #""แสมสาร""#),
        Mutation("/buyer/address/country", #""th""#, ["/buyer/address/country"] + abroad),
        Mutation("/buyer/address/country", #""JP""#, abroad), Mutation("/buyer", "[]", ["/buyer"]),
        Mutation("/buyer/address", #""99/1""#),
    ]
    /// A company's members in the form of an address abroad.
    private static let abroad =
        ["/buyer/address/line1"]
        + ["house_number", "tambon_id", "street", "soi", "moo", "moo_barn", "building_name", "floor", "room"]
        .map { "/buyer/address/" + $0 }
    private static let ofCitizen = [
        Mutation("/buyer/national_id", #""1234567851232""#), Mutation("/buyer/national_id", #""0000000000000""#),
        Mutation("/buyer/national_id", #""123456785123""#), Mutation("/buyer/branch_id", #""00001""#),
        Mutation("/buyer/address/post_code", #""1011""#), Mutation("/buyer/address/soi", #""1""#),
        Mutation("/buyer/address/province", #""\t""#), Mutation("/buyer/address/line1", #""x""#),
    ]
    private static let ofForeigner = [
        Mutation("/buyer/passport", #""AA1234567""#), Mutation("/buyer/passport", #""123456789012""#),
        Mutation("/buyer/branch_id", #""00001""#), Mutation("/buyer/address/country", #""XX""#),
        Mutation("/buyer/address/country", #""jp""#), Mutation("/buyer/address/country", #""JPN""#),
        Mutation("/buyer/address/country", "81"), Mutation("/buyer/address/post_code", #""""#),
        Mutation("/buyer/address/post_code", #""12345678901234567""#), Mutation("/buyer/address/house_number", #""1""#),
        Mutation("/buyer/address/line2", #""\u0007""#),
    ]

    @Test("a company outside the rules is a fault at its place", arguments: ofCompany)
    func company(mutation: Mutation) throws {
        let faults = try SampleBuyer.faults(
            of: SampleBuyer.company, changing: [(mutation.pointer, mutation.json)])
        #expect(faults.map(\.pointer) == mutation.faults, "\(faults)")
    }

    @Test("so is a citizen", arguments: ofCitizen)
    func citizen(mutation: Mutation) throws {
        let faults = try SampleBuyer.faults(
            of: SampleBuyer.citizen, changing: [(mutation.pointer, mutation.json)])
        #expect(faults.map(\.pointer) == mutation.faults, "\(faults)")
    }

    @Test("so is a foreigner", arguments: ofForeigner)
    func foreigner(mutation: Mutation) throws {
        let faults = try SampleBuyer.faults(
            of: SampleBuyer.foreigner, changing: [(mutation.pointer, mutation.json)])
        #expect(faults.map(\.pointer) == mutation.faults, "\(faults)")
    }

    @Test(
        "a buyer has exactly one number",
        arguments: [
            ([String](), "none"), (["tax_id", "passport"], "tax_id and passport"),
            (["tax_id", "national_id", "passport"], "tax_id and national_id and passport"),
        ])
    func oneNumber(keys: [String], found: String) throws {
        let values = ["tax_id": "0105561000003", "national_id": "1234567851231", "passport": "1234567890123"]
        let changes: [(pointer: String, json: String?)] = values.map { key, value in
            (pointer: "/buyer/" + key, json: keys.contains(key) ? "\"\(value)\"" : nil)
        }
        let faults = try SampleBuyer.faults(of: SampleBuyer.citizen, changing: changes)
        let detail = "expected exactly one of tax_id, national_id, passport, found \(found)"
        #expect(faults == [SaleFault(pointer: "/buyer", detail: detail)])
    }

    @Test("all faults of a buyer are reported at once, with those of the sale")
    func everyFault() throws {
        let faults = try SampleBuyer.faults(
            of: SampleBuyer.company,
            changing: [
                ("/transaction_id", "null"), ("/buyer/name", #"" ""#), ("/buyer/tax_id", #""0105561000004""#),
                ("/buyer/email", #""nobody""#), ("/buyer/phone", #""1""#), ("/buyer/address/tambon_id", #""999999""#),
                ("/buyer/address/house_number", "null"), ("/extra", "1"),
            ])
        #expect(
            faults.map(\.pointer) == [
                "/transaction_id", "/buyer/name", "/buyer/tax_id", "/buyer/email", "/buyer/phone",
                "/buyer/address/house_number", "/buyer/address/tambon_id", "/extra",
            ])
    }

    @Test("no fault quotes what a buyer's member says, whatever is wrong with it")
    func nothingQuoted() throws {
        let secret = "Zq7Wx9"
        let pointers = ["name", "tax_id", "national_id", "passport", "branch_id", "email", "phone"].map {
            "/buyer/" + $0
        }
        let places = [
            "country", "house_number", "tambon_id", "post_code", "street", "line1", "sub_district", "province",
        ]
        .map { "/buyer/address/" + $0 }
        for json in ["\"\(secret)\"", "\"\(secret)\\u0000\"", "[\"\(secret)\"]", "{\"a\":\"\(secret)\"}"] {
            for buyer in [SampleBuyer.company, SampleBuyer.citizen, SampleBuyer.foreigner] {
                for pointer in pointers + places {
                    let faults = try SampleBuyer.faults(of: buyer, changing: [(pointer, json)])
                    #expect(!faults.contains { $0.description.contains(secret) }, "\(faults)")
                }
            }
        }
    }

    @Test("a number whose form is right and whose check digit is wrong is told so")
    func checkDigit() throws {
        let faults = try SampleBuyer.faults(of: SampleBuyer.company, changing: [("/buyer/tax_id", #""0000000000000""#)])
        #expect(faults.first?.detail.hasPrefix("the check digit does not fit") == true)
        let short = try SampleBuyer.faults(of: SampleBuyer.company, changing: [("/buyer/tax_id", #""1""#)])
        #expect(short.first?.detail == "expected 13 digits; the last is the check digit of the others")
    }

    @Test("emoji, combining marks and other scripts are a name like any other")
    func emoji() throws {
        for name in ["ร้าน 🍜 ป้าแดง 👨‍👩‍👧", "中文有限公司", "e\u{301}te\u{301}", String(repeating: "ก", count: 256)] {
            #expect(
                try SampleBuyer.decoded(SampleBuyer.citizen.replacing("เมธี วัชรีเมาคลีกระโทก", with: name)).name == name)
        }
    }

    @Test("a thousand lines have room for a buyer")
    func thousandLines() throws {
        let line = #"{"name": "x", "unit_price": "1", "quantity": "1", "vatable": true}"#
        let lines = "[" + Array(repeating: line, count: 1_000).joined(separator: ",") + "]"
        let event = try SampleEvent.decode(changing: [
            ("/document/line_items", lines), ("/receipt/total", nil), ("/buyer", SampleBuyer.company),
        ])
        #expect(event.sale.lines.count == 1_000)
        #expect(event.sale.buyer != nil)
    }

    @Test("what was valid stays valid: a kept sale's address is not held against today's table")
    func kept() throws {
        let bytes = try SampleEvent.bytes(changing: [
            ("/buyer", SampleBuyer.company), ("/buyer/address/tambon_id", #""999999""#),
        ])
        #expect(try SampleEvent.faults(of: bytes).map(\.pointer) == ["/buyer/address/tambon_id"])
        #expect(try SampleEvent.decoder().decode(kept: bytes).sale.buyer?.name == "บริษัท ตัวอย่าง จำกัด")
        #expect(throws: SaleRejection.self) { try SampleEvent.decoder().decode(kept: bytes, suitsStore: true) }
    }

    @Test("a buyer's description says nothing of it, and nor does a sale's")
    func description() throws {
        let sale = try SampleEvent.decode(changing: [("/buyer", SampleBuyer.company)]).sale
        var dumped = ""
        dump(sale, to: &dumped)
        for text in ["\(sale)", String(reflecting: sale), "\(try #require(sale.buyer))", dumped] {
            for value in ["ตัวอย่าง จำกัด", "0105561000003", "account@example.com", "ข่าวสาร"] {
                #expect(!text.contains(value))
            }
        }
    }
}

struct SampleError: Error {}
