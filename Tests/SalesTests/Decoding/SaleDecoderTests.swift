import Foundation
import Testing

@testable import JSON
@testable import Sales

@Suite struct SaleDecoderTests {
    /// The `data` of the provider's own example of "Initiate with Tax Invoice Stub".
    private static let publishedExample = """
        {
          "transaction_id": "TEST-ES-0002",
          "document": {
            "issued_at": "2023-11-30T17:00:00Z",
            "line_items": [
              {"name": "ข้าวโพดปิ้ง", "unit_price": "15", "quantity": "8", "vatable": true},
              {"name": "ไข่ต้ม", "unit_price": "6", "quantity": "10", "vatable": true},
              {"name": "ข้าวสาร", "unit_price": "220", "quantity": "1", "vatable": false}
            ]
          },
          "customization": {
            "theme": {"id": "retail-hatsu", "color": "#cd0c2b"}, "vat_included": false, "vat_rate": "0.07"
          }
        }
        """

    @Test("the provider's published example is a sale as it stands")
    func publishedExample() throws {
        let bytes = Array(Self.publishedExample.utf8)
        let event = try SampleEvent.decoder().decode(bytes, receivedAt: SampleEvent.receivedAt)
        let sale = event.sale
        #expect(sale.id.text == "TEST-ES-0002")
        #expect(sale.number == "TEST-ES-0002")
        #expect(sale.issuedAt == Date(timeIntervalSince1970: 1_701_363_600))
        #expect(sale.lines.map(\.name) == ["ข้าวโพดปิ้ง", "ไข่ต้ม", "ข้าวสาร"])
        #expect(sale.lines.map { sale.amount(of: $0).grouped } == ["120.00", "60.00", "220.00"])
        #expect(!sale.vatIncluded)
        #expect(sale.totals.total.plain == "412.60")
        #expect(sale.totals.vat.plain == "12.60")
        #expect(sale.totals.vatable.plain == "192.60")
        #expect(sale.totals.netOfVAT.plain == "180.00")
        #expect(sale.totals.exempt.plain == "220.00")
        #expect(sale.receipt == ReceiptDetails())
        #expect(sale.receipt.prints)
        #expect(sale.terminalID == nil)
        #expect(sale.tags.isEmpty)
        #expect(event.namesItsTheme)
        #expect(JSONValue.object(event.event).bytes == (try JSONParser.parse(bytes).bytes))
    }

    @Test("every member arrives where it belongs")
    func everyMember() throws {
        let sale = try SampleEvent.decode().sale
        #expect(sale.number == "0001234")
        #expect(sale.terminalID == "POS-01")
        #expect(sale.tags == ["order:314159", "online"])
        #expect(sale.issuedAt == Date(timeIntervalSince1970: 1_795_144_500))
        let line = try #require(sale.lines.first)
        #expect(line.productID == "SKU_1/a")
        #expect(line.description == "หวาน")
        #expect(line.unitPrice.text == "15")
        #expect(line.quantity.text == "8")
        #expect(line.unitCode == "C62")
        #expect(line.vatable)
        #expect(sale.lines.last?.vatable == false)
        #expect(sale.receipt.cashier == "สมหญิง")
        #expect(sale.receipt.payments.map(\.method) == ["cash", "card"])
        #expect(sale.receipt.payments.map(\.amount.text) == ["300", "120"])
        #expect(sale.receipt.change?.text == "80")
        #expect(sale.receipt.rounding?.text == "0")
        #expect(sale.receipt.total?.text == "340.00")
        #expect(sale.receipt.roundingRule == .line)
        #expect(sale.receipt.notes == ["โต๊ะ 12"])
        #expect(sale.receipt.printer == "front")
    }

    @Test(
        "an optional member may be null or left out",
        arguments: [
            "/document/ref", "/document/theme_parameters", "/document/line_items/0/product_id",
            "/document/line_items/0/description", "/document/line_items/0/unit_code", "/customization",
            "/customization/theme", "/customization/theme/color", "/customization/theme/id",
            "/customization/seller_branch_id", "/customization/vat_included", "/customization/vat_rate",
            "/customization/quirks", "/tags", "/terminal_id", "/receipt", "/receipt/number", "/receipt/cashier",
            "/receipt/payments", "/receipt/change", "/receipt/rounding", "/receipt/total",
            "/receipt/rounding_rule", "/receipt/notes",
            "/receipt/print", "/receipt/printer",
        ])
    func optionalMembers(pointer: String) throws {
        let absent = try SampleEvent.decode(changing: [(pointer, nil)])
        let null = try SampleEvent.decode(changing: [(pointer, "null")])
        #expect(absent.sale == null.sale)
        #expect(absent.customization == null.customization)
        #expect(absent.namesItsTheme == null.namesItsTheme)
        // It means the same, and yet it is not the same content.
        #expect(absent.canonicalBytes != null.canonicalBytes)
    }

    @Test("a till that prints by itself says so")
    func printsByItself() throws {
        #expect(try SampleEvent.decode(changing: [("/receipt/print", "false")]).sale.receipt.prints == false)
    }

    @Test("the event's customization is laid deep over the store's")
    func customization() throws {
        let event = try SampleEvent.decode(changing: [
            ("/customization", ##"{"theme": {"color": "#abcdef", "x": {"y": 1}}, "vat_rate": "0.10"}"##),
            ("/receipt/total", nil),
        ])
        let expected = try JSONParser.parse(
            Array(
                #"""
                {"theme": {"id": "retail-hatsu", "color": "#abcdef", "x": {"y": 1}}, "seller_branch_id": "00000",
                 "vat_included": true, "vat_rate": "0.10"}
                """#.utf8))
        #expect(JSONValue.object(event.customization) == expected)
        #expect(event.sale.vatIncluded)
        #expect(event.sale.vatRate.text == "0.10")
        #expect(event.namesItsTheme)
    }

    @Test("without a customization of its own a sale has the store's, with the store's branch")
    func storesCustomization() throws {
        let decoder = try SampleEvent.decoder(
            branch: "00007", vatIncluded: false, rate: "0.10", theme: ["id": .string("own-theme")])
        let bytes = try SampleEvent.bytes(changing: [("/customization", nil), ("/receipt/total", nil)])
        let event = try decoder.decode(bytes, receivedAt: SampleEvent.receivedAt)
        let expected =
            #"{"theme":{"id":"own-theme"},"seller_branch_id":"00007","vat_included":false,"vat_rate":"0.10"}"#
        #expect(JSONValue.object(event.customization).text == expected)
        #expect(!event.namesItsTheme)
        #expect(event.sale.totals.vat.plain == "12.00")
        #expect(event.sale.totals.total.plain == "352.00")
    }

    @Test(
        "a sale is rounded by its own rule, and by the store's where it has none",
        arguments: [("\"line\"", "4.38"), ("\"total\"", "4.37"), (nil, nil)] as [(String?, String?)])
    func roundingRule(own: String?, expected: String?) throws {
        let lines =
            #"[{"name":"V","unit_price":"3.80","quantity":"0.575","vatable":true},"#
            + #"{"name":"E","unit_price":"3.80","quantity":"0.575","vatable":false}]"#
        let bytes = try SampleEvent.bytes(changing: [
            ("/document/line_items", lines), ("/receipt/total", nil), ("/receipt/rounding_rule", own),
        ])
        for rule in RoundingRule.allCases {
            let event = try SampleEvent.decoder(rounding: rule).decode(bytes, receivedAt: SampleEvent.receivedAt)
            let usual = rule == .line ? "4.38" : "4.37"
            #expect(event.sale.totals.total.plain == expected ?? usual)
            #expect(event.sale.terms.rounding.rawValue == own?.replacing("\"", with: "") ?? rule.rawValue)
            // It is for the store alone.
            #expect(event.customization["rounding"] == nil && event.customization["rounding_rule"] == nil)
        }
    }

    @Test("white space, member order and spelling of strings do not make another sale, a value does")
    func sameContent() throws {
        let event = try SampleEvent.decode()
        let decoder = try SampleEvent.decoder(branch: "00000", vatIncluded: false, theme: ["id": .string("x")])
        let spaced = Array(("\u{FEFF} \n" + SampleEvent.text.replacing("ก", with: "\\u0E01")).utf8)
        let again = try decoder.decode(spaced, receivedAt: SampleEvent.receivedAt)
        #expect(again.canonicalBytes == event.canonicalBytes)
        let other = try SampleEvent.decode(changing: [("/document/line_items/0/unit_price", #""15.0""#)])
        #expect(other.canonicalBytes != event.canonicalBytes)
    }

    @Test("text that is no JSON is told from a sale with faults")
    func notJSON() throws {
        let decoder = try SampleEvent.decoder()
        #expect(
            throws: SaleRejection.notJSON(
                JSONSyntaxError(line: 2, column: 1, detail: "expected ',' or '}', found the end"))
        ) {
            try decoder.decode(Array("{\"a\": 1\n".utf8), receivedAt: SampleEvent.receivedAt)
        }
        #expect(throws: SaleRejection.invalid([SaleFault(pointer: "", detail: "expected an object, found an array")])) {
            try decoder.decode(Array("[]".utf8), receivedAt: SampleEvent.receivedAt)
        }
    }

    @Test("a theme or a branch that was changed since an event was accepted does not keep it from being read")
    func configurationChanged() throws {
        let bytes = try SampleEvent.bytes(changing: [("/customization/theme", #"{"id": "retail-hatsu"}"#)])
        #expect(throws: Never.self) { try SampleEvent.decoder().decode(bytes, receivedAt: SampleEvent.receivedAt) }
        let changed = try SampleEvent.decoder(branch: "00001", theme: ["id": .string("another")])
        #expect(throws: SaleRejection.self) { try changed.decode(bytes, receivedAt: SampleEvent.receivedAt) }
        #expect(try changed.decode(kept: bytes).sale.lines.count == 2)
        #expect(throws: SaleRejection.self) { try changed.decode(kept: bytes, suitsStore: true) }
    }
}
