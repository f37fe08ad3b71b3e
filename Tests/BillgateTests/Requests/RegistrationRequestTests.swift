import JSON
import RemoteServices
import Sales
import Testing

@testable import Billgate

@Suite struct RegistrationRequestTests {
    private static let walkIn = """
        {"name":"ลูกค้าทั่วไป","tax_number":"0000000000000","phone_number":"-","emails":[],"address":{"house_number":"99",\
        "sub_district":"คลองเตย","district":"คลองเตย","province":"กรุงเทพมหานคร","post_code":"10110"}}
        """

    @Test("a walk-in sale becomes a receipt: digits as the till wrote them, discounts folded, equal lines merged")
    func receipt() throws {
        let event = try Fixture.event(
            lines: [
                Fixture.line("ข้าวโพดปิ้ง", "15.00", "8"), Fixture.line("ข้าวสาร", "220", vatable: false),
                Fixture.line("ส่วนลด", "-20.50"),
                #"{"name":"ปลา","description":"สด","unit_code":"KGM","unit_price":"185.5","quantity":"1.234","vatable":false}"#,
                Fixture.line("น้ำ", "7"), Fixture.line("น้ำ", "7.0"),
                Fixture.line("ทอง", "123456789012.34", "0.5"),
                #"{"name":"ไข่","unit_code":"C62","unit_price":"0.123456","quantity":"123456789.012345","vatable":true}"#,
            ],
            more: #","receipt":{"number":"0001234","payments":[{"method":"cash","amount":"1"}]},"tags":["a:1"]"#,
            branch: "00042")
        #expect(
            Fixture.text(event, under: BillgateTerms(numberPrefix: "KK-", walkIn: Fixture.walkIn)) == """
                {"invoice_id":null,"data":{"customer":\(Self.walkIn),"issue_date":"2026-11-20","items":[\
                {"description":"ข้าวโพดปิ้ง","quantity":8,"unit_price":15.00,"vat_rate":7,"discount_amount":20.50},\
                {"description":"ข้าวสาร","quantity":1,"unit_price":220,"vat_rate":null,"discount_amount":0},\
                {"description":"ปลา – สด (KGM)","quantity":1.234,"unit_price":185.5,"vat_rate":null,"discount_amount":0},\
                {"description":"น้ำ","quantity":2,"unit_price":7,"vat_rate":7,"discount_amount":0},\
                {"description":"ทอง","quantity":0.5,"unit_price":123456789012.34,"vat_rate":7,"discount_amount":0},\
                {"description":"ไข่","quantity":123456789.012345,"unit_price":0.123456,"vat_rate":7,"discount_amount":0}],\
                "vat_included":true,"remark":"เลขที่ 0001234 สาขา 00042","withholding_tax_rate":null,"name":"0001234"},\
                "number":"KK-00001-POS01-20261120-0001"}
                """)
        #expect(RequestRules(event: event).faults == [])
    }

    @Test("a sale with a buyer becomes a tax invoice, which has no name")
    func taxInvoice() throws {
        let event = try Fixture.event(more: #","buyer":\#(Fixture.citizen),"customization":{"vat_included":false}"#)
        #expect(
            Fixture.text(event) == """
                {"number":"00001-POS01-20261120-0001","invoice_id":null,"receipt_id":null,"data":{"customer":\
                {"name":"สมชาย หมายปอง","tax_number":"1234567851231","phone_number":"-","emails":[],"address":\
                {"house_number":"123/456 ถนนสุขุมวิท","sub_district":"คลองเตย","district":"คลองเตย",\
                "province":"กรุงเทพมหานคร","post_code":"10110"}},"issue_date":"2026-11-20","items":[\
                {"description":"ข้าวโพดปิ้ง","quantity":8,"unit_price":15,"vat_rate":7,"discount_amount":0}],\
                "vat_included":false,"remark":"เลขที่ 00001-POS01-20261120-0001","withholding_tax_rate":null}}
                """)
    }

    @Test("a sale on credit becomes a bill, with the day on which it is due")
    func invoice() throws {
        let event = try Fixture.event(
            lines: [Fixture.line("ข้าวสาร", "220", vatable: false)],
            more: #","buyer":\#(Fixture.foreigner),"due_on":"2026-12-20","receipt":{"number":"7"}"#)
        #expect(
            Fixture.text(event) == """
                {"number":"00001-POS01-20261120-0001","customer":{"name":"Alabibi","tax_number":"1234567890123",\
                "phone_number":"-","emails":[],"address":{"house_number":"1-1 Chiyoda Chiyoda-ku, Tokyo","sub_district":"-",\
                "district":"-","province":"JP","post_code":"100-8111"}},"issue_date":"2026-11-20","due_date":"2026-12-20",\
                "items":[{"description":"ข้าวสาร","quantity":1,"unit_price":220,"vat_rate":null,"discount_amount":0}],\
                "vat_included":true,"remark":"เลขที่ 7","withholding_tax_rate":null,"name":"7"}
                """)
    }

    @Test("a sale on credit never becomes a receipt, though its buyer was taken away")
    func creditWithoutBuyer() throws {
        let event = try Fixture.event(more: #","buyer":\#(Fixture.citizen),"due_on":"2026-12-20""#)
        let removed = try Fixture.event(event, changedBy: .removed)
        let request = RegistrationRequest(removed, under: Fixture.terms)
        #expect(request.context == RegistrationContext(.invoice))
        let wanted = try #require(WantedDocument(request.bytes, kind: .invoice))
        #expect(wanted.customer == RequestPerson(Fixture.walkIn).json)
        #expect(try Fixture.object(String(decoding: request.bytes, as: UTF8.self)).text("due_date") == "2026-12-20")
        #expect(RegistrationRequest.agrees(request.kept, with: event.event, .removed))
        let receipt = RegistrationRequest(try Fixture.event(), under: Fixture.terms).kept
        #expect(!RegistrationRequest.agrees(receipt, with: event.event, .removed))
    }

    @Test("a receipt for a buyer is a receipt that is made out to them")
    func receiptForBuyer() throws {
        let event = try Fixture.event(
            lines: [Fixture.line("ข้าวสาร", "220", vatable: false)],
            more: #","document_type":"receipt","buyer":\#(Fixture.citizen)"#)
        let request = try #require(
            WantedDocument(RegistrationRequest(event, under: Fixture.terms).bytes, kind: .receipt))
        #expect(request.customer.text("name") == "สมชาย หมายปอง")
        #expect(RegistrationRequest(event, under: Fixture.terms).context == RegistrationContext(.receipt))
    }

    @Test("every address has all its parts, and what has no member stands before the sub-district")
    func codedAddress() throws {
        let event = try Fixture.event(more: #","buyer":\#(Fixture.company)"#)
        let person = RequestPerson(try #require(event.sale.buyer))
        #expect(
            person.address
                == .init(
                    houseNumber: "99/1 หมู่ที่ 10 หมู่บ้าน จักจั่น อาคารมินัสทิริธ ชั้น G ห้อง A/1 ซอย 3 ถนนข่าวสาร",
                    subDistrict: "แสมสาร", district: "สัตหีบ", province: "ชลบุรี", postCode: "20180"))
        #expect(person.emails == ["account@example.com"] && person.phoneNumber == "02-000-0000")
    }

    @Test(
        "a rate is a percentage",
        arguments: [("0.07", "7"), ("0.065", "6.5"), ("0", "0"), ("0.000001", "0.0001"), ("1", "100")])
    func percent(rate: String, percent: String) throws {
        #expect(try #require(DecimalNumber(rate)).inPercent.text == percent)
    }

    @Test(
        "the context says which call it is for, which branch the buyer is, and what stands before the number",
        arguments: [
            ("", "", "receipt - "), (#","buyer":\#(Fixture.citizen)"#, "KK-", "tax_invoice - KK-"),
            (#","buyer":\#(Fixture.company)"#, "", "tax_invoice 00001 "),
            (#","buyer":\#(Fixture.company),"due_on":"2026-11-20""#, "A B ", "invoice 00001 A B "),
        ])
    func context(more: String, prefix: String, text: String) throws {
        let terms = BillgateTerms(numberPrefix: prefix, walkIn: Fixture.walkIn)
        let context = RegistrationRequest(try Fixture.event(more: more), under: terms).context
        #expect(context.text == text && RegistrationContext(text) == context)
    }

    @Test(
        "nothing else is a context", arguments: [nil, "", "bill - ", "receipt", "receipt 1 ", "receipt 00000", " - "])
    func noContext(text: String?) {
        #expect(RegistrationContext(text) == nil)
    }
}
