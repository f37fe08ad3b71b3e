import Foundation
import JSON
import RemoteServices
import Sales
import Testing

@testable import Slime

/// The example payloads of the API page for the four subjects that make a transaction, and our events that ask for them.
@Suite struct PageExamplesTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// `data` on the page.
        let data: String
        /// Our event.
        let event: String
    }

    private static let lines = """
        [{"name": "ข้าวโพดปิ้ง", "unit_price": "15", "quantity": "8", "vatable": true},
         {"name": "ไข่ต้ม", "unit_price": "6", "quantity": "10", "vatable": true},
         {"name": "ข้าวสาร", "unit_price": "220", "quantity": "1", "vatable": false}]
        """
    private static let theme = ##""theme": {"id": "retail-hatsu", "color": "#cd0c2b"}"##
    private static let net = #"{\#(theme), "vat_included": false, "vat_rate": "0.07"}"#
    private static let gross = #"{\#(theme), "vat_included": true, "vat_rate": "0.07"}"#
    private static let settled = #""issued_at": "2023-11-30T17:00:00Z""#
    private static let address = """
        {"country_id": "TH", "post_code": "20180", "changwat_id": "20", "amphoe_id": "2009", "tambon_id": "200905",
         "street_name": "ถนนข่าวสาร", "soi": "ตรอกไดแอกอน", "building_number": "123/456"}
        """
    private static let place = """
        {"post_code": "20180", "tambon_id": "200905", "street": "ถนนข่าวสาร", "soi": "ตรอกไดแอกอน",
         "house_number": "123/456"}
        """

    private static let examples = [
        Example(
            testDescription: "simple-transaction/initiate-with-tax-invoice-stub",
            data: #"""
                {"transaction_id": "TEST-ES-0002", "document": {\#(settled), "line_items": \#(lines)}, "customization": \#(net)}
                """#,
            event: #"""
                {"transaction_id": "TEST-ES-0002", "document": {\#(settled), "line_items": \#(lines)}, "customization": \#(net)}
                """#),
        Example(
            testDescription: "simple-transaction/initiate-with-abbreviated-tax-invoice",
            data: #"""
                {"transaction_id": "TEST-ES-0001", "document": {\#(settled), "line_items": \#(lines)}, "customization": \#(net)}
                """#,
            event: #"""
                {"transaction_id": "TEST-ES-0001", "document": {\#(settled), "line_items": \#(lines)}, "customization": \#(net),
                 "document_type": "abbreviated_tax_invoice"}
                """#),
        Example(
            testDescription: "simple-transaction/initiate-with-tax-invoice",
            data: #"""
                {"transaction_id": "TEST-TAX-INVOICE-0001",
                 "document": {\#(settled), "line_items": \#(lines), "buyer_info": {
                    "name": "Alabibi", "identity": {"type": "NIDN", "national_id_number": "1111111111119"},
                    "address": \#(address)}}, "customization": \#(gross)}
                """#,
            event: #"""
                {"transaction_id": "TEST-TAX-INVOICE-0001", "document": {\#(settled), "line_items": \#(lines)},
                 "customization": \#(gross), "buyer": {"name": "Alabibi", "national_id": "1111111111119", "address": \#(place)}}
                """#),
        // On the page its colour is "#cd0czb", which the page's own rule for the theme refuses.
        Example(
            testDescription: "simple-transaction/initiate-with-receipt",
            data: #"""
                {"transaction_id": "TEST-RECEIPT-0001",
                 "document": {\#(settled), "line_items": [{"name": "ข้าวโพดปิ้ง", "unit_price": "15", "quantity": "5"}],
                    "buyer_info": {
                        "name": "เมธี วัชรีเมาคลีกระโทก", "identity": {"type": "NIDN", "national_id_number": "1234567851231"},
                        "address": \#(address)}}, "customization": {\#(theme)}}
                """#,
            event: #"""
                {"transaction_id": "TEST-RECEIPT-0001", "document_type": "receipt",
                 "document": {\#(settled), "line_items": [{"name": "ข้าวโพดปิ้ง", "unit_price": "15", "quantity": "5"}]},
                 "customization": {\#(theme)},
                 "buyer": {"name": "เมธี วัชรีเมาคลีกระโทก", "national_id": "1234567851231", "address": \#(place)}}
                """#),
    ]

    @Test("the page's own example is what our event becomes, with the store's branch", arguments: examples)
    func data(example: Example) throws {
        let event = try Fixture.event(text: example.event)
        guard case .object(var expected) = try JSONParser.parse(Array(example.data.utf8)),
            case .object(var customization)? = expected["customization"]
        else { throw FixtureError() }
        customization["seller_branch_id"] = .string("00001")
        expected["customization"] = .object(customization)
        #expect(try JSONParser.parse(RegistrationData.bytes(for: event)) == .object(expected))
        let type = event.sale.documentType
        #expect(SlimeSubject(initiating: type).rawValue == example.testDescription)
        #expect(RegistrationContext(RegistrationContext(of: event).text)?.documentType == type)
    }

    @Test("a request proves the sale that it was built for, and no other document of it", arguments: examples)
    func proof(example: Example) throws {
        let event = try Fixture.event(text: example.event)
        let request = ServiceRequest(
            bytes: RegistrationData.bytes(for: event), context: RegistrationContext(of: event).text)
        // As it is kept.
        guard case .object(let kept) = try JSONParser.parse(event.canonicalBytes) else { throw FixtureError() }
        #expect(RegistrationData.agrees(request, with: kept, nil))
        for type in DocumentType.allCases where type != event.sale.documentType {
            #expect(!RegistrationData.agrees(.init(bytes: request.bytes, context: type.rawValue), with: kept, nil))
        }
        #expect(!RegistrationData.agrees(.init(bytes: request.bytes, context: "tax_invoixe"), with: kept, nil))
        // Every byte of what the buyer is, is in the event as well.
        guard event.sale.buyer != nil else { return }
        for value in ["Alabibi", "เมธี", "1111111111119", "1234567851231", "200905", "20180", "ข่าวสาร", "123/456"] {
            let text = String(decoding: request.bytes, as: UTF8.self)
            guard text.contains(value) else { continue }
            let damaged = text.replacing(value, with: String(value.reversed()))
            #expect(
                !RegistrationData.agrees(
                    .init(bytes: Array(damaged.utf8), context: request.context), with: kept, nil), "\(value)")
        }
    }
}
