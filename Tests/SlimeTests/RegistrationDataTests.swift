import Sales
import Slime
import Testing

@Suite struct RegistrationDataTests {
    @Test("what stays in the store is not sent, nulls are left out, and the store's customization is filled in")
    func content() throws {
        let event = try Fixture.event(
            "A", extra: ##","customization":{"theme":{"color":"#000000"},"quirks":null},"tags":["x"]"##)
        let text = String(decoding: RegistrationData.bytes(for: event), as: UTF8.self)
        #expect(
            text == """
                {"transaction_id":"A","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[\
                {"name":"ข้าวโพดปิ้ง","unit_price":"15.00","quantity":"8","vatable":true}]},\
                "customization":{"theme":{"id":"retail-hatsu","color":"#000000"},"seller_branch_id":"00001",\
                "vat_included":true,"vat_rate":"0.07"},"tags":["x"]}
                """)
    }

    @Test("a theme's own parameters and quirks go through as they were written")
    func verbatim() throws {
        let event = try Fixture.event("A", extra: #","customization":{"quirks":{"n":1.50,"list":[{"deep":true}]}}"#)
        #expect(
            String(decoding: RegistrationData.bytes(for: event), as: UTF8.self).contains(
                #""quirks":{"n":1.50,"list":[{"deep":true}]}"#))
    }
}
