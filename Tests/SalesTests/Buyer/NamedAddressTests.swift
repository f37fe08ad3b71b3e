import Testing

@testable import Sales

@Suite struct NamedAddressTests {
    private func address(_ names: (String, String, String), _ postCode: String) throws -> NamedAddress {
        NamedAddress(
            houseNumber: "1", street: "ถนน",
            district: .init(subDistrict: names.0, district: names.1, province: names.2),
            postCode: try #require(PostCode(postCode)))
    }

    @Test(
        "names that exactly one tambon has, with this post code, get its code, however they are written",
        arguments: [
            ("คลองเตย", "คลองเตย", "กรุงเทพมหานคร", "10110", "103301"),
            ("แขวงคลองเตย", "เขตคลองเตย", "กรุงเทพฯ", "10110", "103301"),
            ("Khlong Toei", "Khlong Toei", "Bangkok", "10110", "103301"),
            ("ต.แสมสาร", "อ.สัตหีบ", "จ.ชลบุรี", "20180", "200905"),
        ])
    func completed(subDistrict: String, district: String, province: String, postCode: String, code: String) throws {
        let coded = try #require(try address((subDistrict, district, province), postCode).coded)
        #expect((coded.tambon.text, coded.postCode.text) == (code, postCode))
        #expect((coded.houseNumber, coded.street) == ("1", "ถนน"))
    }

    @Test(
        "names that do not fit stay names",
        arguments: [
            ("แสมสาร", "คลองเตย", "กรุงเทพมหานคร", "10110"), ("คลองเตย", "คลองเตย", "ชลบุรี", "10110"),
            ("คลองเตย", "คลองเตย", "กรุงเทพมหานคร", "20180"), ("ไม่มี", "ไม่มี", "ไม่มี", "99999"),
        ])
    func unfitting(subDistrict: String, district: String, province: String, postCode: String) throws {
        #expect(try address((subDistrict, district, province), postCode).coded == nil)
    }

    @Test("an event that forbids an address without codes is told at the door that it has one")
    func forbidden() throws {
        let quirk = "/customization/quirks/allow_unstructured_address"
        let elsewhere: (pointer: String, json: String?) = ("/buyer/address/district", #""สัตหีบ""#)
        for json in ["true", nil] {
            #expect(try SampleBuyer.faults(of: SampleBuyer.citizen, changing: [elsewhere, (quirk, json)]).isEmpty)
        }
        #expect(try SampleBuyer.faults(of: SampleBuyer.citizen, changing: [(quirk, "false")]).isEmpty)
        let faults = try SampleBuyer.faults(of: SampleBuyer.citizen, changing: [elsewhere, (quirk, "false")])
        #expect(faults.map(\.pointer) == ["/buyer/address"])
    }
}
