import Foundation
import JSON
import RemoteServices
import Sales
import Testing

@testable import Slime

@Suite struct BuyerInfoTests {
    private static let coded = #""address":{"house_number":"1","tambon_id":"103301","post_code":"10110"}"#
    private static let sent = """
        "address":{"country_id":"TH","post_code":"10110","changwat_id":"10","amphoe_id":"1033","tambon_id":"103301",\
        "building_number":"1"}
        """

    /// An event with this buyer, and what Slime gets of it.
    private func data(of buyer: String, extra: String = "") throws -> JSONObject {
        let event = try Fixture.event("A", extra: #","buyer":\#(buyer)\#(extra)"#)
        guard case .object(let data) = try JSONParser.parse(RegistrationData.bytes(for: event)) else {
            throw FixtureError()
        }
        return data
    }

    private func info(_ data: JSONObject) -> String? {
        guard case .object(let document)? = data["document"] else { return nil }
        return document["buyer_info"]?.text
    }

    @Test(
        "each kind of buyer is named as the page names it",
        arguments: [
            (
                #"{"name":"N","tax_id":"0105561000003","branch_id":"00001","email":"a@b.co","phone":"021234567",\#(coded)}"#,
                #"{"name":"N","identity":{"type":"TXID","tax_id":"0105561000003","branch_id":"00001"},"email":"a@b.co","phone_number":"021234567",\#(sent)}"#
            ),
            (
                #"{"name":"N","tax_id":"0105561000003",\#(coded)}"#,
                #"{"name":"N","identity":{"type":"TXID","tax_id":"0105561000003"},\#(sent)}"#
            ),
            (
                #"{"name":"N","national_id":"1111111111119",\#(coded)}"#,
                #"{"name":"N","identity":{"type":"NIDN","national_id_number":"1111111111119"},\#(sent)}"#
            ),
            (
                #"{"name":"N","passport":"1234567890123",\#(coded)}"#,
                #"{"name":"N","identity":{"type":"CCPT","passport_number":"1234567890123"},\#(sent)}"#
            ),
            (
                #"{"name":"N","passport":"1234567890123","address":{"country":"JP","line1":"a","line2":"b","post_code":"1-2"}}"#,
                #"{"name":"N","identity":{"type":"CCPT","passport_number":"1234567890123"},"address":{"line1":"a","line2":"b","post_code":"1-2","country_id":"JP"}}"#
            ),
            (
                #"{"name":"N","national_id":"1111111111119","address":{"house_number":"1","sub_district":"คลองเตย","district":"คลองเตย","province":"กรุงเทพมหานคร","post_code":"10110"}}"#,
                #"{"name":"N","identity":{"type":"NIDN","national_id_number":"1111111111119"},\#(sent)}"#
            ),
        ])
    func identities(buyer: String, expected: String) throws {
        let data = try data(of: buyer)
        #expect(info(data) == expected)
        guard case .object(let customization)? = data["customization"] else { throw FixtureError() }
        #expect(customization["quirks"] == nil)
        #expect(data["buyer"] == nil)
    }

    @Test("every part of an address by code is sent under the page's name")
    func everyPart() throws {
        let address = """
            {"house_number":"1","tambon_id":"103301","post_code":"10110","street":"a","soi":"b","moo":"c","moo_barn":"d",\
            "building_name":"e","floor":"f","room":"g"}
            """
        let text = info(try data(of: #"{"name":"N","national_id":"1111111111119","address":\#(address)}"#)) ?? ""
        #expect(
            text.hasSuffix(
                #""building_number":"1","street_name":"a","soi":"b","moo":"c","moo_barn":"d","building_name":"e","floor":"f","room":"g"}}"#
            ), "\(text)")
    }

    @Test("names that no single tambon has are sent in two lines, under the quirk, beside the event's own quirks")
    func unstructured() throws {
        let buyer = """
            {"name":"N","national_id":"1111111111119","address":{"house_number":"9","street":"ถนนพระราม 4",\
            "sub_district":"ลุมพินี","district":"คลองเตย","province":"กรุงเทพมหานคร","post_code":"10330"}}
            """
        let data = try data(of: buyer, extra: #","customization":{"quirks":{"own":1}}"#)
        #expect(
            info(data)?.hasSuffix(
                #""address":{"line1":"9 ถนนพระราม 4","line2":"ลุมพินี, คลองเตย, กรุงเทพมหานคร","post_code":"10330","country_id":"TH"}}"#
            ) == true)
        guard case .object(let customization)? = data["customization"] else { throw FixtureError() }
        #expect(customization["quirks"]?.text == #"{"own":1,"allow_unstructured_address":true}"#)
    }

    @Test("a buyer that staff gave is sent in place of the event's, and its request proves itself by that")
    func changed() throws {
        let event = try Fixture.event(
            "A", extra: #","buyer":{"name":"N","national_id":"1111111111119",\#(Self.coded)}"#)
        guard
            case .object(let other) = try JSONParser.parse(
                Array(#"{"name":"M","tax_id":"0105561000003",\#(Self.coded)}"#.utf8)),
            case .object(let kept) = try JSONParser.parse(event.canonicalBytes)
        else { throw FixtureError() }
        for (change, subject) in [
            (BuyerChange.replaced(other), SlimeSubject.taxInvoice), (.removed, .stub),
        ] {
            let changed = try Fixture.decoder().decode(
                KeptSale(event: event.canonicalBytes, terms: event.sale.terms, change: change), suitsStore: true)
            let request = ServiceRequest(
                bytes: RegistrationData.bytes(for: changed), context: RegistrationContext(of: changed).text)
            #expect(SlimeSubject(initiating: changed.sale.documentType) == subject)
            let text = String(decoding: request.bytes, as: UTF8.self)
            #expect(text.contains(#""name":"M""#) == (change != .removed))
            #expect(!text.contains(#""name":"N""#))
            #expect(RegistrationData.agrees(request, with: kept, change))
            #expect(!RegistrationData.agrees(request, with: kept, nil))
        }
    }

    @Test("an address by names proves itself with or without a code: the table of its day may have had another")
    func proofOfNames() throws {
        let address = """
            "address":{"house_number":"1","sub_district":"คลองเตย","district":"คลองเตย","province":"กรุงเทพมหานคร",\
            "post_code":"10110"}
            """
        let event = try Fixture.event("A", extra: #","buyer":{"name":"N","national_id":"1111111111119",\#(address)}"#)
        guard case .object(let kept) = try JSONParser.parse(event.canonicalBytes), let buyer = event.sale.buyer,
            case .named(let named) = buyer.address
        else { throw FixtureError() }
        let context = RegistrationContext(of: event).text
        let today = String(decoding: RegistrationData.bytes(for: event), as: UTF8.self)
        let code = BuyerInfo.json(buyer, try #require(named.coded.map(BuyerInfo.coded)))
        let names = BuyerInfo.json(buyer, BuyerInfo.unstructured(named))
        let other = today.replacing("103301", with: "103302")
        let without = today.replacing(JSONValue.object(code).text, with: JSONValue.object(names).text)
        #expect(other != today && without != today)
        for text in [today, other, without] {
            #expect(RegistrationData.agrees(.init(bytes: Array(text.utf8), context: context), with: kept, nil))
        }
        for text in [today.replacing("10110", with: "10111"), without.replacing("คลองเตย, ", with: "")] {
            #expect(!RegistrationData.agrees(.init(bytes: Array(text.utf8), context: context), with: kept, nil))
        }
    }

    @Test("a sale that was to get a receipt says of each line that it has no VAT, once it gets a tax invoice")
    func receiptToStub() throws {
        let text = """
            {"transaction_id":"A","document_type":"receipt","document":{"issued_at":"2026-11-20T10:15:00+07:00",
            "line_items":[{"name":"x","unit_price":"1","quantity":"1"}]},
            "buyer":{"name":"N","national_id":"1111111111119",\(Self.coded)}}
            """
        let event = try Fixture.event(text: text)
        let receipt = String(decoding: RegistrationData.bytes(for: event), as: UTF8.self)
        #expect(!receipt.contains("vat"))
        let changed = try Fixture.decoder().decode(
            KeptSale(event: event.canonicalBytes, terms: event.sale.terms, change: .removed), suitsStore: true)
        let stub = String(decoding: RegistrationData.bytes(for: changed), as: UTF8.self)
        #expect(stub.contains(#""vatable":false"#) && stub.contains(#""vat_rate":"0.07""#))
    }
}
