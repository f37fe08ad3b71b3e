import Foundation
import Testing

@testable import Simulators

/// Every rule of "Initiate with Tax Invoice Stub", and where the other three differ: the page's examples with one thing
/// changed.
@Suite(.timeLimit(.minutes(1)))
struct InitiateRulesTests {
    private static let id = #""TEST-ES-0002""#
    private static let date = "2023-11-30T17:00:00Z"
    private static let first = #"{ "name": "ข้าวโพดปิ้ง", "unit_price": "15", "quantity": "8", "vatable": true },"#
    private static let lines = #""line_items": ["#
    private static let theme = ##"{ "id": "retail-hatsu", "color": "#cd0c2b" }"##

    private static func text(_ count: Int, of character: String = "ก") -> String {
        String(repeating: character, count: count)
    }

    private static func line(_ member: String) -> String {
        first.replacing(#", "vatable": true }"#, with: #", "vatable": true, \#(member) }"#)
    }

    static let identity: [Change] = [
        Change("the example", "nothing", "nothing", "success"),
        Change("30 characters", id, #""\#(text(30, of: "a"))""#, "success"),
        Change("31 characters", id, #""\#(text(31, of: "a"))""#),
        Change("every character", id, #""aZ09-_/""#, "success"),
        Change("a blank", id, #""a b""#),
        Change("a dot", id, #""a.b""#),
        Change("a Thai letter", id, #""ก""#),
        Change("a line feed behind", id, #""a\n""#),
        Change("nothing in it", id, #""""#),
        Change("a number", id, "2"),
        Change("null", id, "null"),
        Change("no id", #""transaction_id""#, #""other""#),
        Change("two tags", #""transaction_id""#, #""tags":["a","b"],"transaction_id""#, "success"),
        Change("no tag", #""transaction_id""#, #""tags":[],"transaction_id""#, "success"),
        Change("three tags", #""transaction_id""#, #""tags":["a","b","c"],"transaction_id""#),
        Change("a tag of 100", #""transaction_id""#, #""tags":["\#(text(100))"],"transaction_id""#, "success"),
        Change("a tag of 101", #""transaction_id""#, #""tags":["\#(text(101))"],"transaction_id""#),
        Change("a tag that is a number", #""transaction_id""#, #""tags":[1],"transaction_id""#),
        Change("tags that are null", #""transaction_id""#, #""tags":null,"transaction_id""#),
    ]

    static let document: [Change] = [
        Change("no document", #""document""#, #""other""#),
        Change("a document that is text", #""document": {"#, #""document": "x", "other": {"#),
        Change("a ref", #""issued_at""#, #""ref":"r","issued_at""#, "success"),
        Change("a ref that is a number", #""issued_at""#, #""ref":1,"issued_at""#),
        Change("no date", #""issued_at""#, #""other""#),
        Change("an offset", date, "2023-11-30T17:00:00+07:00", "success"),
        Change("a fraction of a second", date, "2023-11-30T17:00:00.123Z", "success"),
        Change("no offset", date, "2023-11-30T17:00:00"),
        Change("a date alone", date, "2023-11-30"),
        Change("a blank for the T", date, "2023-11-30 17:00:00Z"),
        Change("the 31st of November", date, "2023-11-31T17:00:00Z"),
        Change("seconds since 1970", #""\#(date)""#, "1701363600"),
        Change("theme parameters", #""issued_at""#, #""theme_parameters":{"a":1},"issued_at""#, "success"),
        Change("theme parameters in a list", #""issued_at""#, #""theme_parameters":[],"issued_at""#),
        Change("no lines", #""line_items""#, #""other""#),
        Change("lines in an object", lines, #""line_items": {}, "other": ["#),
        Change("no line at all", lines, #""line_items": [], "other": ["#),
        Change("1,000 lines", first, String(repeating: first, count: 998), "success"),
        Change("1,001 lines", first, String(repeating: first, count: 999)),
        Change("a line that is text", first, #""x","#),
    ]

    static let lineItems: [Change] = [
        Change("no name", #""name": "ไข่ต้ม""#, #""other": "x""#),
        Change("a name of 256", "ข้าวโพดปิ้ง", text(256), "success"),
        Change("a name of 256 with combining marks", "ข้าวโพดปิ้ง", text(128, of: "ก่"), "success"),
        Change("a name of 257", "ข้าวโพดปิ้ง", text(257)),
        Change("a name of 258 in 129 visible characters", "ข้าวโพดปิ้ง", text(129, of: "ก่")),
        Change("a name that is null", #""ข้าวโพดปิ้ง""#, "null"),
        Change("a description of 256", first, line(#""description":"\#(text(256))""#), "success"),
        Change("a description of 257", first, line(#""description":"\#(text(257))""#)),
        Change("a product of 35", first, line(#""product_id":"\#(text(35, of: "a"))""#), "success"),
        Change("a product of 36", first, line(#""product_id":"\#(text(36, of: "a"))""#)),
        Change("a product with a dot", first, line(#""product_id":"a.b""#)),
        Change("an empty product", first, line(#""product_id":"""#)),
        Change("a price as a number", #""15""#, "15"),
        Change("a price with satang", #""15""#, #""15.50""#, "success"),
        Change("a price below 0", #""15""#, #""-15""#, "success"),
        Change("a price with an exponent", #""15""#, #""1e3""#),
        Change("a price with a plus", #""15""#, #""+15""#),
        Change("a price with a comma", #""15""#, #""1,500""#),
        Change("a price without a digit before the point", #""15""#, #"".5""#),
        Change("a price without a digit behind the point", #""15""#, #""5.""#),
        Change("a price with two points", #""15""#, #""1.2.3""#),
        Change("a price in Thai digits", #""15""#, #""๑๕""#),
        Change("an empty price", #""15""#, #""""#),
        Change("a price beyond all adding up", #""15""#, #""\#(text(200, of: "9"))""#),
        Change("no price", #""unit_price": "15""#, #""other": "15""#),
        Change("a quantity as a number", #""quantity": "8""#, #""quantity": 8"#),
        Change("no quantity", #""quantity": "8""#, #""other": "8""#),
        Change("vatable as text", #""vatable": false"#, #""vatable": "false""#),
        Change("vatable as a number", #""vatable": false"#, #""vatable": 0"#),
        Change("vatable left out", #""vatable": false"#, #""other": false"#),
        Change("a unit", first, line(#""unit_code":"KGM""#), "success"),
        Change("an unknown unit", first, line(#""unit_code":"kilo""#), "LineItems::InvalidUnitCode"),
        Change("a unit that is a number", first, line(#""unit_code":1"#)),
    ]

    static let customization: [Change] = [
        Change("no customization", #""customization""#, #""other""#),
        Change("no theme", #""theme""#, #""other""#),
        Change("a theme that is text", theme, #""retail-hatsu""#),
        Change("a theme without an id", #""id": "retail-hatsu""#, #""other": "x""#),
        Change("an unknown theme", "retail-hatsu", "retail-mittsu", "Theme::NotFound"),
        Change("a theme without stubs", theme, #"{"id":"paper-only"}"#, "Theme::UnsupportedDocumentType"),
        Change("a theme in another language", theme, #"{"id":"english"}"#, "Theme::UnsupportedLanguage"),
        Change("no color", theme, #"{"id":"retail-hatsu"}"#),
        Change("a color in capitals", "#cd0c2b", "#CD0C2B", "success"),
        Change("a short color", "#cd0c2b", "#fff"),
        Change("a color with a g", "#cd0c2b", "#cd0c2g"),
        Change("a color by name", "#cd0c2b", "crimson"),
        Change("a branch", #""vat_rate""#, #""seller_branch_id":"00001","vat_rate""#, "success"),
        Change("a branch of four digits", #""vat_rate""#, #""seller_branch_id":"0001","vat_rate""#),
        Change("a branch in Thai digits", #""vat_rate""#, #""seller_branch_id":"๐๐๐๐๑","vat_rate""#),
        Change("a branch that is a number", #""vat_rate""#, #""seller_branch_id":1,"vat_rate""#),
        Change("vat_included as text", #""vat_included": false"#, #""vat_included": "no""#),
        Change("vat_included left out", #""vat_included""#, #""other""#),
        Change("a rate as a number", #""0.07""#, "0.07"),
        Change("a rate in per cent", #""0.07""#, #""7%""#),
        Change("no rate", #""vat_rate""#, #""other""#),
    ]

    @Test("each rule of the page is kept", arguments: [identity, document, lineItems, customization])
    func rules(changes: [Change]) async throws {
        let themes: [SlimeSimulator.Theme] = [
            .retailHatsu, .init(id: "paper-only", documentTypes: [.receipt], languages: ["tha"]),
            .init(id: "english", languages: ["eng"]),
        ]
        for change in changes {
            // A project of its own for each, so that no id is taken.
            try await withSlime({ $0.themes = themes }) { slime async throws in
                let data = SlimeCaller.example.replacing(change.find, with: change.put, maxReplacements: 1)
                #expect(data != SlimeCaller.example || change.find == "nothing", "\(change.what)")
                let answer = try await slime.call(SlimeCaller.stub, data)
                #expect(answer.code == change.code, "\(change.what): \(answer.text.prefix(300))")
                let registered = await slime.simulator.transactions().count
                #expect(registered == (change.code == "success" ? 1 : 0), "\(change.what)")
            }
        }
    }

    private static let receipts: [Change] = [
        Change("the example", "nothing", "nothing", "success"),
        Change("no date", #""issued_at""#, #""other""#, "success"),
        Change("a date alone", date, "2023-11-30"),
        Change("a date that is null", #""\#(date)""#, "null"),
        Change("vatable", #""quantity": "5""#, #""quantity": "5", "vatable": true"#),
        Change("a rate", #""customization": {"#, #""customization": { "vat_rate": "0.07","#),
        Change("vat_included", #""customization": {"#, #""customization": { "vat_included": true,"#),
        Change("a unit", #""quantity": "5""#, #""quantity": "5", "unit_code": "KGM""#, "success"),
        Change(
            "an unknown unit", #""quantity": "5""#, #""quantity": "5", "unit_code": "kilo""#,
            "LineItems::InvalidUnitCode"),
        Change("a quantity as a number", #""quantity": "5""#, #""quantity": 5"#),
        Change("a name of 257", "ข้าวโพดปิ้ง", text(257)),
        Change("no buyer", #""buyer_info""#, #""other""#),
        Change("a branch of four digits", #""theme""#, #""seller_branch_id":"0001","theme""#),
        Change("quirks in a list", #""theme""#, #""quirks":[],"theme""#),
        Change("three tags", #""document""#, #""tags":["a","b","c"],"document""#),
        Change("a tag of 101", #""document""#, #""tags":["\#(text(101))"],"document""#),
        Change("no color", ##""color": "#cd0czb""##, ##""other": "#cd0czb""##),
        Change("an unknown theme", "retail-hatsu", "retail-mittsu", "Theme::NotFound"),
    ]

    @Test("a receipt has neither VAT nor a date that it needs", arguments: receipts)
    func receipt(change: Change) async throws {
        try await withSlime { slime async throws in
            let data = PageExamples.receipt.replacing(change.find, with: change.put, maxReplacements: 1)
            #expect(data != PageExamples.receipt || change.find == "nothing")
            let answer = try await slime.call("simple-transaction/initiate-with-receipt", data)
            #expect(answer.code == change.code, "\(answer.text)")
        }
    }

    @Test("a receipt's color keeps the pattern where the theme says so")
    func receiptColor() async throws {
        var theme = SlimeSimulator.Theme.retailHatsu
        theme.keepsColorPatternOnReceipts = true
        try await withSlime({ $0.themes = [theme] }) { slime async throws in
            let subject = "simple-transaction/initiate-with-receipt"
            #expect(try await slime.call(subject, PageExamples.receipt).code == "SchemaViolation")
            let right = PageExamples.receipt.replacing("#cd0czb", with: "#cd0c2b")
            #expect(try await slime.call(subject, right).code == "success")
        }
    }

    @Test("the amount of a receipt is the sum of its lines")
    func receiptValue() async throws {
        try await withSlime { slime async throws in
            _ = try await slime.call("simple-transaction/initiate-with-receipt", PageExamples.receipt)
            let shown = try await slime.call(SlimeCaller.show, #"{"transaction_id":"TEST-RECEIPT-0001"}"#).data
            #expect(shown["trade_value"] as? String == "75.0")
        }
    }

    @Test("a taken id is noticed before a faulty buyer only where that is configured", arguments: [true, false])
    func order(takenFirst: Bool) async throws {
        try await withSlime({ $0.answersTakenIDsFirst = takenFirst }) { slime async throws in
            let subject = "simple-transaction/initiate-with-tax-invoice"
            #expect(try await slime.call(subject, PageExamples.taxInvoice).code == "success")
            let faulty = PageExamples.taxInvoice.replacing("1111111111119", with: "1111111111118")
            let code = takenFirst ? "Trade::Initiated" : "Buyer::CheckDigitFailed"
            #expect(try await slime.call(subject, faulty).code == code)
            #expect(try await slime.call(subject, "{}").code == "SchemaViolation")
            let other = faulty.replacing("TEST-TAX-INVOICE-0001", with: "other")
            #expect(try await slime.call(subject, other).code == "Buyer::CheckDigitFailed")
        }
    }

    @Test("a schema violation says where and what was expected")
    func message() async throws {
        try await withSlime { slime async throws in
            let data = SlimeCaller.example.replacing(#""10""#, with: "10")
            let answer = try await slime.call(SlimeCaller.stub, data)
            let exception = (answer.json as? [String: Any])?["exception"] as? [String: Any]
            #expect(
                exception?["message"] as? String
                    == "document.line_items[1].quantity: expected a decimal as a string, found a number")
            #expect((exception?["metadata"] as? [String: Any])?["path"] as? String == "document.line_items[1].quantity")
        }
    }

    @Test("the unit codes that are known are configurable")
    func unitCodes() async throws {
        try await withSlime({ $0.unitCodes = ["ANG"] }) { slime async throws in
            let line = #""quantity": "8", "unit_code": "ANG""#
            let data = SlimeCaller.example.replacing(#""quantity": "8""#, with: line)
            #expect(try await slime.call(SlimeCaller.stub, data).code == "success")
        }
    }
}
