import Foundation
import Testing

@testable import Simulators

/// Every rule of `document.buyer_info`: the page's buyer with one thing changed.
@Suite(.timeLimit(.minutes(1)))
struct BuyerRulesTests {
    private static let type = #""type": "NIDN","#
    private static let whole = """
        "identity": {
                "type": "NIDN",
                "national_id_number": "1111111111119"
              }
        """

    private static func other(_ members: String) -> String { #""identity": {\#(members)}"# }

    static let identities: [Change] = [
        Change("the example", "nothing", "nothing", "success"),
        Change("no name", #""name": "Alabibi""#, #""other": "Alabibi""#),
        Change("a name of blanks", "Alabibi", "  "),
        Change("an emoji in the name", "Alabibi", "Ala 🧾 bibi", "success"),
        Change("no identity", #""identity""#, #""other""#),
        Change("another type", "NIDN", "OTHR"),
        Change("a type in small letters", "NIDN", "nidn"),
        Change("no number", "national_id_number", "other"),
        Change("twelve digits", "1111111111119", "111111111111"),
        Change("a letter", "1111111111119", "111111111111a"),
        Change("Thai digits", "1111111111119", "๑๑๑๑๑๑๑๑๑๑๑๑๙"),
        Change("a number in JSON", #""1111111111119""#, "1111111111119"),
        Change("a wrong check digit", "1111111111119", "1111111111118", "Buyer::CheckDigitFailed"),
        Change("13 zeros", "1111111111119", "0000000000000", "Buyer::CheckDigitFailed"),
        Change("a tax id", whole, other(#""type":"TXID","tax_id":"0105561000003""#), "success"),
        Change(
            "a tax id with a wrong check digit", whole, other(#""type":"TXID","tax_id":"0105561000004""#),
            "Buyer::CheckDigitFailed"),
        Change("a tax id under another name", whole, other(#""type":"TXID","national_id_number":"0105561000003""#)),
        Change("a branch", type, type + #""branch_id": "00001","#, "success"),
        Change("a branch of four digits", type, type + #""branch_id": "0001","#),
        Change("a branch that is null", type, type + #""branch_id": null,"#),
        Change("another id", type, type + #""other_id": "x","#, "success"),
        Change("another id that is a number", type, type + #""other_id": 1,"#),
        Change("a passport of 13 digits", whole, other(#""type":"CCPT","passport_number":"1111111111118""#), "success"),
        Change("a passport with letters", whole, other(#""type":"CCPT","passport_number":"AA1234567""#)),
    ]

    static let contacts: [Change] = [
        Change("an e-mail", #""name": "Alabibi""#, #""email":"a.b+c@x-y.co.th","name": "Alabibi""#, "success"),
        Change("a phone", #""name": "Alabibi""#, #""phone_number":"081-234-5678","name": "Alabibi""#, "success"),
        Change("a phone abroad", #""name": "Alabibi""#, #""phone_number":"+44 20 7946 0958","name": "x""#, "success"),
    ]

    private static let noEmails: [String] = [
        "", "a", "a@b", "@b.co", "a@", "a b@c.co", "a@b..co", ".a@b.co", "a.@b.co", "a@-b.co", "ก@b.co", "a@b@c.co",
        "\(String(repeating: "a", count: 65))@b.co",
    ]

    static let wrongEmails = noEmails.map {
        Change("e-mail \($0)", #""name": "Alabibi""#, #""email":"\#($0)","name": "x""#, "Buyer::InvalidEmail")
    }

    private static let noPhones: [String] = [
        "", "call me", "1234", "08123456789", "812345678", "+0812345678", "+1", "+1234567890123456", "๐๘๑๒๓๔๕๖๗๘",
        "081x2345678",
    ]

    static let wrongPhones = noPhones.map {
        Change(
            "phone \($0)", #""name": "Alabibi""#, #""phone_number":"\#($0)","name": "x""#, "Buyer::InvalidPhoneNumber")
    }

    private static let lines = #""line1": "1 Street", "country_id": "DE""#

    private static let countryAndPostCode = #""country_id": "TH",\#n      "post_code": "20180""#

    static let addresses: [Change] = [
        Change("no address", #""address""#, #""other""#),
        Change("no country", "country_id", "other"),
        Change("a country that there is not", #""TH""#, #""XX""#, "Buyer::InvalidCountry"),
        Change("a country in small letters", #""TH""#, #""th""#, "Buyer::InvalidCountry"),
        Change("a country of three letters", #""TH""#, #""THA""#, "Buyer::InvalidCountry"),
        Change("no post code", "post_code", "other"),
        Change("a post code of four digits", "20180", "2018", "Buyer::InvalidPostcode"),
        Change("a post code with a letter", "20180", "2018O", "Buyer::InvalidPostcode"),
        Change("no changwat", "changwat_id", "other"),
        Change("no amphoe", "amphoe_id", "other"),
        Change("no tambon", "tambon_id", "other"),
        Change("a changwat as a number", #""20""#, "20"),
        Change("no building number", "building_number", "other"),
        Change("a building number of blanks", "123/456", " "),
        Change("a changwat that there is not", #""20""#, #""28""#, "Buyer::InvalidChangwat"),
        Change("a changwat by name", #""20""#, #""ชลบุรี""#, "Buyer::InvalidChangwat"),
        Change("an amphoe of three digits", #""2009""#, #""209""#, "Buyer::InvalidAmphoe"),
        Change("an amphoe in no changwat", #""2009""#, #""2809""#, "Buyer::InvalidAmphoe"),
        Change("an amphoe of no number", #""2009""#, #""2000""#, "Buyer::InvalidAmphoe"),
        Change("a tambon of five digits", #""200905""#, #""20095""#, "Buyer::InvalidTambon"),
        Change("a tambon that its amphoe has not", #""200905""#, #""200906""#, "Buyer::InvalidTambon"),
        Change("a tambon of no number", #""200905""#, #""200900""#, "Buyer::InvalidTambon"),
        Change("an amphoe elsewhere", #""2009""#, #""1007""#, "Buyer::AmphoeNotInChangwat"),
        Change("a tambon elsewhere", #""200905""#, #""100704""#, "Buyer::TambonNotInAmphoe"),
        Change("every part", #""soi""#, #""moo":"1","moo_barn":"2","floor":"3","room":"4","soi""#, "success"),
        Change("a part that is a number", #""soi""#, #""moo":1,"soi""#),
        Change("abroad", #""country_id": "TH""#, lines, "success"),
        Change("abroad without a line", #""TH""#, #""DE""#),
        Change("abroad without a post code", countryAndPostCode, lines + #","post_code":"""#),
        Change(
            "abroad with a post code of its own", countryAndPostCode, lines + #","post_code":"D-10115""#, "success"),
    ]

    static let quirks: [Change] = [
        Change("structured all the same", "nothing", "nothing", "success"),
        Change("in lines", #""changwat_id": "20""#, #""line1":"1 ถนนข้าวสาร""#, "success"),
        Change("neither a line nor a code", #""changwat_id": "20""#, #""line2":"x""#),
        Change("a line of blanks", #""changwat_id": "20""#, #""line1":" ""#),
        Change("in lines with a wrong post code", #""20180""#, #""2018", "line1":"x""#, "Buyer::InvalidPostcode"),
    ]

    @Test("each rule is kept", arguments: [identities, contacts, wrongEmails, wrongPhones, addresses])
    func rules(changes: [Change]) async throws {
        try await check(changes, in: PageExamples.taxInvoice, "simple-transaction/initiate-with-tax-invoice")
    }

    @Test("a receipt's buyer is judged alike", arguments: [addresses, wrongEmails])
    func receipts(changes: [Change]) async throws {
        let data = PageExamples.receipt.replacing("เมธี วัชรีเมาคลีกระโทก", with: "Alabibi")
        try await check(changes, in: data, "simple-transaction/initiate-with-receipt")
    }

    @Test("with the quirk an address may be in lines", arguments: quirks)
    func unstructured(change: Change) async throws {
        let data = PageExamples.taxInvoice.replacing(
            #""vat_included""#, with: #""quirks": {"allow_unstructured_address": true}, "vat_included""#)
        // Without its codes the page's buyer has only what the change puts there.
        let codes = #""amphoe_id": "2009",\#n      "tambon_id": "200905","#
        let bare = change.find == "nothing" ? data : data.replacing(codes, with: "")
        try await check([change], in: bare, "simple-transaction/initiate-with-tax-invoice")
    }

    private func check(_ changes: [Change], in example: String, _ subject: String) async throws {
        try await withSlime { slime async throws in
            for (index, change) in changes.enumerated() {
                let data = example.replacing(change.find, with: change.put, maxReplacements: 1)
                #expect(data != example || change.find == "nothing", "\(change.what)")
                let own = data.replacing(/"transaction_id": "[^"]*"/, with: #""transaction_id": "T\#(index)""#)
                let answer = try await slime.call(subject, own)
                #expect(answer.code == change.code, "\(change.what): \(answer.text.prefix(300))")
                let isThere = await slime.simulator.transaction("T\(index)") != nil
                #expect(isThere == (change.code == "success"), "\(change.what)")
            }
        }
    }

    @Test("what the page leaves open is a matter of configuration")
    func leeway() async throws {
        let letters = PageExamples.taxInvoice.replacing(
            Self.whole, with: Self.other(#""type":"CCPT","passport_number":"AA1234567""#))
        let unlisted = PageExamples.taxInvoice.replacing(#""2009""#, with: #""2001""#)
            .replacing(#""200905""#, with: #""200101""#)
        let subject = "simple-transaction/initiate-with-tax-invoice"
        try await withSlime({ $0.buyers.passports = .lettersAndDigits }) { slime async throws in
            #expect(try await slime.call(subject, letters).code == "success")
            #expect(await slime.simulator.transactions().first?.systemTags == ["CCPT:AA1234567"])
        }
        try await withSlime { slime async throws in
            #expect(try await slime.call(subject, unlisted).code == "success")
        }
        try await withSlime({ $0.buyers.unlistedPlaces = .refused }) { slime async throws in
            #expect(try await slime.call(subject, unlisted).code == "Buyer::InvalidAmphoe")
            #expect(try await slime.call(subject, PageExamples.taxInvoice).code == "success")
        }
    }

    @Test("the codes of countries and changwats are all there")
    func tables() {
        #expect(Countries.codes.count == 249)
        #expect(Places.changwats.count == 77)
    }

    @Test(
        "a check digit holds for one of ten digits",
        arguments: ["111111111111", "123456785123", "010556100000", "000000000000", "999999999999"])
    func checkDigits(twelve: String) {
        #expect((0...9).filter { CheckDigit.holds(twelve + String($0)) }.count == 1)
    }
}
