import Foundation
import Testing

@testable import Sales

/// One change to the sample event: the place, the JSON that is put there (nil takes it away), and where the faults are.
struct Mutation: Sendable, CustomTestStringConvertible {
    let pointer: String
    let json: String?
    let faults: [String]

    /// A change whose fault is at its own place.
    init(_ pointer: String, _ json: String?) { self.init(pointer, json, [pointer]) }

    init(_ pointer: String, _ json: String?, _ faults: [String]) {
        (self.pointer, self.json, self.faults) = (pointer, json, faults)
    }

    var testDescription: String { "\(pointer) = \(json?.prefix(60) ?? "(absent)")" }
}

@Suite struct ObjectReaderSaleTests {
    @Test(
        "a required member that is absent or null is a fault at its place",
        arguments: [
            "/transaction_id", "/document", "/document/issued_at", "/document/line_items",
            "/document/line_items/0/name",
            "/document/line_items/0/unit_price", "/document/line_items/1/quantity", "/document/line_items/1/vatable",
            "/receipt/payments/1/method", "/receipt/payments/0/amount",
        ])
    func requiredMembers(pointer: String) throws {
        let expected = [SaleFault(pointer: pointer, detail: "required, but missing")]
        #expect(try SampleEvent.faults(changing: [(pointer, nil)]) == expected)
        #expect(try SampleEvent.faults(changing: [(pointer, "null")]) == expected)
    }

    @Test(
        "a member of the wrong type is a fault at its place, and the message says what was found",
        arguments: [
            ("/transaction_id", "a string"), ("/document", "an object"), ("/document/ref", "a string"),
            ("/document/issued_at", "a string"), ("/document/theme_parameters", "an object"),
            ("/document/line_items", "an array"), ("/document/line_items/1", "an object"),
            ("/document/line_items/0/product_id", "a string"), ("/document/line_items/0/name", "a string"),
            ("/document/line_items/0/description", "a string"),
            ("/document/line_items/0/unit_price", "a decimal string"),
            ("/document/line_items/0/quantity", "a decimal string"), ("/document/line_items/0/unit_code", "a string"),
            ("/document/line_items/0/vatable", "true or false"), ("/customization", "an object"),
            ("/customization/theme", "an object"), ("/customization/theme/id", "a string"),
            ("/customization/theme/color", "a colour"), ("/customization/seller_branch_id", "a string"),
            ("/customization/vat_included", "true or false"), ("/customization/vat_rate", "a decimal string"),
            ("/customization/quirks", "an object"), ("/tags", "an array"), ("/tags/0", "a string"),
            ("/terminal_id", "a string"), ("/receipt", "an object"), ("/receipt/number", "a string"),
            ("/receipt/cashier", "a string"), ("/receipt/payments", "an array"), ("/receipt/payments/0", "an object"),
            ("/receipt/payments/0/method", "a string"), ("/receipt/payments/1/amount", "a decimal string"),
            ("/receipt/change", "a decimal string"), ("/receipt/rounding", "a decimal string"),
            ("/receipt/total", "a decimal string"), ("/receipt/rounding_rule", "a string"),
            ("/receipt/notes", "an array"), ("/receipt/notes/0", "a string"),
            ("/receipt/print", "true or false"), ("/receipt/printer", "a string"),
        ])
    func types(pointer: String, expected: String) throws {
        let faults = try SampleEvent.faults(changing: [(pointer, "15")])
        #expect(faults.map(\.pointer) == [pointer])
        let detail = faults.first?.detail ?? ""
        #expect(detail.hasPrefix("expected \(expected)"), "\(detail)")
        #expect(detail.contains("number"), "\(detail)")
    }

    @Test(
        "an unknown member is a fault at its place",
        arguments: [
            "/extra", "/document/extra", "/document/line_items/1/extra", "/customization/extra", "/receipt/extra",
            "/receipt/payments/0/extra", "/Transaction_id", "/document/line_items/0/Vatable",
        ])
    func unknownMembers(pointer: String) throws {
        for json in ["1", "null", "{}"] {
            let faults = try SampleEvent.faults(changing: [(pointer, json)])
            #expect(faults.map(\.pointer) == [pointer])
            #expect(faults.first?.detail.hasPrefix("unknown member; known here: ") == true)
        }
    }

    @Test("the pointer of an unknown member with / and ~ in its name is escaped")
    func escapedPointer() throws {
        let bytes = Array(SampleEvent.text.replacing("\"tags\"", with: "\"a/b~c\"").utf8)
        #expect(try SampleEvent.faults(of: bytes).map(\.pointer) == ["/a~1b~0c"])
    }

    @Test(
        "any member is welcome where the provider or a theme decides what there is",
        arguments: ["/document/theme_parameters/extra", "/customization/theme/extra", "/customization/quirks/extra"])
    func openObjects(pointer: String) throws {
        for json in ["1.5", "null", #"{"deep": [null, {"a": 1e400}]}"#] {
            #expect(try SampleEvent.faults(changing: [(pointer, json)]).isEmpty)
        }
    }

    @Test(
        "values outside the documented rules are faults at their places",
        arguments: [
            Mutation("/transaction_id", #""""#), Mutation("/transaction_id", #""a b""#),
            Mutation("/transaction_id", #""ใบ1""#),
            Mutation("/transaction_id", "\"\(String(repeating: "a", count: 31))\""),
            Mutation("/document/issued_at", #""2026-11-20T10:15:00""#),
            Mutation("/document/issued_at", #""yesterday""#),
            Mutation("/document/line_items/0/product_id", #""""#),
            Mutation("/document/line_items/0/product_id", #""a.b""#),
            Mutation("/document/line_items/0/product_id", "\"\(String(repeating: "a", count: 36))\""),
            Mutation("/document/line_items/0/name", #""""#),
            Mutation("/document/line_items/0/quantity", #""0""#), Mutation("/document/line_items/0/quantity", #""-0""#),
            Mutation("/document/line_items/0/quantity", #""0.000000""#),
            Mutation("/document/line_items/0/quantity", #""-1""#),
            Mutation("/document/line_items/0/quantity", #""1e1""#),
            Mutation("/document/line_items/0/unit_price", #""1,000""#),
            Mutation("/document/line_items/0/unit_price", #""""#),
            Mutation("/document/line_items/0/unit_price", "1.10"),
            Mutation("/document/line_items/0/unit_code", #""kg""#),
            Mutation("/document/line_items/0/unit_code", #""KILO""#),
            Mutation("/customization/theme/color", #""red""#), Mutation("/customization/theme/color", ##""#cd0c2""##),
            Mutation("/customization/theme/color", ##""#cd0c2g""##),
            Mutation("/customization/seller_branch_id", #""00001""#),
            Mutation("/customization/seller_branch_id", #""1""#),
            Mutation("/receipt/rounding_rule", #""Line""#), Mutation("/receipt/rounding_rule", #""""#),
            Mutation("/customization/vat_rate", #""-0.07""#), Mutation("/customization/vat_rate", #""7""#),
            Mutation("/customization/vat_rate", #""7%""#), Mutation("/tags", #"["a", "b", "c"]"#),
            Mutation("/terminal_id", #""""#), Mutation("/receipt/number", #""""#),
            Mutation("/receipt/payments/0/method", #""""#), Mutation("/receipt/change", #""80 THB""#),
            Mutation("/receipt/total", #""339.99""#), Mutation("/receipt/total", #""340.000001""#),
            Mutation("/receipt/total", #""-340""#), Mutation("/document/line_items", "[]"),
            // The sums, when a line changes.
            Mutation("/document/line_items/0/unit_price", #""15.01""#, ["/receipt/total"]),
            Mutation("/customization/vat_included", "false", ["/receipt/total"]),
            Mutation("/document/line_items/1/unit_price", #""-120.01""#, ["/document/line_items", "/receipt/total"]),
            Mutation("/document/line_items/0/unit_price", #""-1""#, ["/document/line_items", "/receipt/total"]),
        ])
    func rules(mutation: Mutation) throws {
        let faults = try SampleEvent.faults(changing: [(mutation.pointer, mutation.json)])
        #expect(faults.map(\.pointer) == mutation.faults, "\(faults)")
    }

    @Test("all faults are reported at once, in the order of the event's parts")
    func everyFault() throws {
        let faults = try SampleEvent.faults(changing: [
            ("/transaction_id", "null"), ("/document/issued_at", #""2026-02-30T00:00:00Z""#),
            ("/document/line_items/0/unit_price", "15"), ("/document/line_items/0/extra", "1"),
            ("/document/line_items/1/quantity", #""0""#), ("/document/line_items/1/vatable", #""yes""#),
            ("/document/buyer", "{}"), ("/customization/vat_rate", #""7""#), ("/tags", #"["a", 1]"#),
            ("/receipt/payments/1", "null"), ("/receipt/change", "80"), ("/extra", "null"),
        ])
        #expect(
            faults.map(\.pointer) == [
                "/transaction_id", "/document/issued_at", "/document/line_items/0/unit_price",
                "/document/line_items/0/extra", "/document/line_items/1/quantity", "/document/line_items/1/vatable",
                "/document/buyer", "/customization/vat_rate", "/tags/1", "/receipt/payments/1", "/receipt/change",
                "/extra",
            ])
    }

    @Test("a number for money is refused with the reason")
    func lossyNumber() throws {
        let faults = try SampleEvent.faults(changing: [("/document/line_items/0/unit_price", "15.10")])
        #expect(
            faults.map(\.detail) == [
                "expected a decimal string, found the number 15.10; a JSON number is lossy: send it in quotes"
            ])
    }
}
