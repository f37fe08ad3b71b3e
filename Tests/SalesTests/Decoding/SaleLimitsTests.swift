import Foundation
import Testing

@testable import Sales

/// How long, how many, how much and how late: both sides of every limit.
@Suite struct SaleLimitsTests {
    @Test(
        "the longest text is accepted and one character more is not",
        arguments: [
            ("/document/line_items/0/name", 256), ("/document/line_items/0/description", 256), ("/tags/0", 100),
            ("/receipt/cashier", 256), ("/receipt/notes/0", 256), ("/receipt/number", 64), ("/terminal_id", 64),
            ("/receipt/printer", 64), ("/receipt/payments/0/method", 64),
        ])
    func textLengths(pointer: String, limit: Int) throws {
        for letter in ["a", "ก", "😀"] {
            let longest = String(repeating: letter, count: limit)
            #expect(try SampleEvent.faults(changing: [(pointer, "\"\(longest)\"")]).isEmpty)
            let faults = try SampleEvent.faults(changing: [(pointer, "\"\(longest)\(letter)\"")])
            #expect(
                faults == [
                    SaleFault(pointer: pointer, detail: "expected at most \(limit) characters, found \(limit + 1)")
                ])
        }
    }

    @Test("a length is counted in Unicode scalars, not in what looks like one letter")
    func scalars() throws {
        // ที่ is one letter to the eye and three scalars: 85 of them are 255.
        let pointer = "/document/line_items/0/name"
        let cluster = "ที่"
        #expect(cluster.count == 1)
        let text = String(repeating: cluster, count: 85)
        #expect(try SampleEvent.faults(changing: [(pointer, "\"\(text)ก\"")]).isEmpty)
        #expect(try SampleEvent.faults(changing: [(pointer, "\"\(text)กก\"")]).map(\.pointer) == [pointer])
        #expect(try SampleEvent.faults(changing: [(pointer, "\"\(text)\(cluster)\"")]).map(\.pointer) == [pointer])
    }

    @Test(
        "ids of the longest accepted length pass",
        arguments: [("/transaction_id", 30), ("/document/line_items/0/product_id", 35)])
    func idLengths(pointer: String, limit: Int) throws {
        let longest = String(repeating: "a", count: limit)
        #expect(try SampleEvent.faults(changing: [(pointer, "\"\(longest)\"")]).isEmpty)
        #expect(try SampleEvent.faults(changing: [(pointer, "\"\(longest)a\"")]).map(\.pointer) == [pointer])
    }

    @Test("a sale has 1 to 1,000 lines", arguments: [(0, false), (1, true), (1_000, true), (1_001, false)])
    func lineCount(count: Int, isAccepted: Bool) throws {
        let line = #"{"name": "ไข่", "unit_price": "1", "quantity": "1", "vatable": true}"#
        let lines = "[" + Array(repeating: line, count: count).joined(separator: ",") + "]"
        let faults = try SampleEvent.faults(changing: [("/document/line_items", lines), ("/receipt/total", nil)])
        let expected = "expected 1 to 1000 elements, found \(count)"
        #expect(
            faults == (isAccepted ? [] : [SaleFault(pointer: "/document/line_items", detail: expected)]))
    }

    @Test("a sale has up to two tags, also empty ones", arguments: ["[]", #"["a"]"#, #"["", "ก"]"#])
    func tags(json: String) throws {
        #expect(try SampleEvent.faults(changing: [("/tags", json)]).isEmpty)
    }

    @Test("thousands of faults are answered with the first 500 and the count of the rest")
    func faultCount() throws {
        let lines = "[" + Array(repeating: "{}", count: 1_000).joined(separator: ",") + "]"
        let faults = try SampleEvent.faults(changing: [("/document/line_items", lines)])
        #expect(faults.count == 501)
        #expect(faults.first?.pointer == "/document/line_items/0/name")
        #expect(faults.last == SaleFault(pointer: "", detail: "and 3500 more faults"))
    }

    @Test(
        "a sale may be settled at most a day ahead of our clock",
        arguments: [
            ("2026-11-21T10:15:05+07:00", true), ("2026-11-21T10:15:06+07:00", false), ("2026-11-20T10:15:05Z", true),
            ("2027-11-20T10:15:05Z", false), ("1999-12-31T23:59:59Z", true), ("2026-11-21T10:15:05-07:00", false),
        ])
    func clock(issuedAt: String, isAccepted: Bool) throws {
        let changes: [(pointer: String, json: String?)] = [("/document/issued_at", "\"\(issuedAt)\"")]
        let pointers = try SampleEvent.faults(changing: changes).map(\.pointer)
        #expect(pointers == (isAccepted ? [] : ["/document/issued_at"]))
    }

    @Test("an event that was kept is in order whatever the clock says, and its other rules still hold")
    func keptEvents() throws {
        let decoder = try SampleEvent.decoder()
        let future = try SampleEvent.bytes(changing: [("/document/issued_at", #""2999-01-01T00:00:00Z""#)])
        #expect(try decoder.decode(kept: future).sale.lines.count == 2)
        #expect(throws: SaleRejection.invalid([SaleFault(pointer: "/transaction_id", detail: "required, but missing")]))
        {
            try decoder.decode(kept: SampleEvent.bytes(changing: [("/transaction_id", nil)]))
        }
    }

    @Test("a discount line may be negative as long as the sums are not")
    func discounts() throws {
        let sale = try SampleEvent.decode(changing: [
            ("/document/line_items/1", #"{"name": "ส่วนลด", "unit_price": "-120", "quantity": "1", "vatable": true}"#),
            ("/receipt/total", #""0""#),
        ]).sale
        #expect(sale.totals.total == .zero)
        #expect(sale.lines.last.map { sale.amount(of: $0).grouped } == "-120.00")
    }

    @Test(
        "the vatable amount may not be negative even where the total is not, the exempt amount may",
        arguments: [(true, ["/document/line_items"]), (false, [])])
    func negativeParts(discountIsVatable: Bool, expected: [String]) throws {
        let faults = try SampleEvent.faults(changing: [
            ("/document/line_items/0/vatable", "\(!discountIsVatable)"),
            ("/document/line_items/1/vatable", "\(discountIsVatable)"),
            ("/document/line_items/1/unit_price", #""-1""#), ("/receipt/total", nil),
        ])
        #expect(faults.map(\.pointer) == expected)
    }

    @Test(
        "sums up to 999,999,999,999.99 baht are accepted",
        arguments: [
            ("999999999999.99", "1", true), ("999999999999.994999", "1", true), ("999999999999.995", "1", false),
            ("999999999999.999999", "1", false), ("500000000000", "2", false), ("499999999999.995", "2", true),
            ("999999999999.999999", "999999999999.999999", false),
            ("-999999999999.999999", "999999999999.999999", false),
        ])
    func range(price: String, quantity: String, isAccepted: Bool) throws {
        let line = #"[{"name": "ทอง", "unit_price": "\#(price)", "quantity": "\#(quantity)", "vatable": false}]"#
        let faults = try SampleEvent.faults(changing: [("/document/line_items", line), ("/receipt/total", nil)])
        #expect(faults.map(\.pointer) == (isAccepted ? [] : ["/document/line_items/0"]), "\(faults)")
    }

    @Test("VAT on top may carry a sum beyond the range")
    func rangeWithTax() throws {
        let line = #"[{"name": "ทอง", "unit_price": "950000000000", "quantity": "1", "vatable": true}]"#
        var changes: [(pointer: String, json: String?)] = [("/document/line_items", line), ("/receipt/total", nil)]
        #expect(try SampleEvent.faults(changing: changes).isEmpty)
        changes.append(("/customization/vat_included", "false"))
        #expect(try SampleEvent.faults(changing: changes).map(\.pointer) == ["/document/line_items"])
    }

    @Test("a thousand of the largest lines overflow nothing")
    func hostileSums() throws {
        let line =
            #"{"name": "x", "unit_price": "999999999999.999999", "quantity": "999999999999.999999", "vatable": true}"#
        let lines = "[" + Array(repeating: line, count: 1_000).joined(separator: ",") + "]"
        let faults = try SampleEvent.faults(changing: [("/document/line_items", lines), ("/receipt/total", nil)])
        #expect(
            faults == [
                SaleFault(
                    pointer: "/document/line_items/0",
                    detail: "unit_price times quantity is more than 999,999,999,999.99 baht")
            ])
    }

    @Test("lines in range that add up beyond it are a fault of the list", arguments: RoundingRule.allCases)
    func sumBeyondRange(rule: RoundingRule) throws {
        let line = #"{"name": "x", "unit_price": "999999999999.99", "quantity": "1", "vatable": true}"#
        let faults = try SampleEvent.faults(changing: [
            ("/document/line_items", "[\(line),\(line)]"), ("/receipt/total", nil),
            ("/receipt/rounding_rule", "\"\(rule.rawValue)\""),
        ])
        #expect(
            faults == [
                SaleFault(
                    pointer: "/document/line_items", detail: "the lines add up to more than 999,999,999,999.99 baht")
            ])
    }

    @Test(
        "the till's total must equal ours, whatever its spelling",
        arguments: [("340", true), ("340.0", true), ("340.000000", true), ("340.01", false), ("339.999999", false)])
    func claimedTotal(text: String, isAccepted: Bool) throws {
        let faults = try SampleEvent.faults(changing: [("/receipt/total", "\"\(text)\"")])
        let detail = "the lines add up to 340.00 (VAT 7.85) by rounding rule \"line\", found \"\(text)\""
        #expect(faults == (isAccepted ? [] : [SaleFault(pointer: "/receipt/total", detail: detail)]))
    }

    @Test(
        "a till that rounds by the other rule is told so",
        arguments: [
            ("line", "3.40", nil), ("total", "3.35", nil),
            (
                "line", "3.35",
                "3.40 (VAT 0.22) by rounding rule \"line\", found \"3.35\", which is what rule \"total\" gives"
            ),
            (
                "total", "3.4",
                "3.35 (VAT 0.22) by rounding rule \"total\", found \"3.4\", which is what rule \"line\" gives"
            ),
            ("line", "3.36", "3.40 (VAT 0.22) by rounding rule \"line\", found \"3.36\""),
        ] as [(String, String, String?)])
    func claimedByOtherRule(rule: String, claimed: String, detail: String?) throws {
        let line = #"{"name": "x", "unit_price": "0.335", "quantity": "1", "vatable": true}"#
        let faults = try SampleEvent.faults(changing: [
            ("/document/line_items", "[" + Array(repeating: line, count: 10).joined(separator: ",") + "]"),
            ("/receipt/total", "\"\(claimed)\""), ("/receipt/rounding_rule", "\"\(rule)\""),
        ])
        #expect(faults.map(\.pointer) == (detail == nil ? [] : ["/receipt/total"]))
        if let detail, let found = faults.first?.detail {
            #expect(found.hasPrefix("the lines add up to \(detail)"))
            #expect(found.hasSuffix(": see receipt.rounding_rule") == detail.contains("which"))
        }
    }

    @Test("where the rule cannot be read, nothing is said of the total")
    func unreadableRule() throws {
        let faults = try SampleEvent.faults(changing: [
            ("/receipt/rounding_rule", #""lines""#), ("/receipt/total", #""1.00""#),
        ])
        #expect(
            faults == [
                SaleFault(
                    pointer: "/receipt/rounding_rule", detail: #"expected "line" or "total", found "lines""#)
            ])
    }

    @Test(
        "a rate of VAT by which the totals cannot be divided is a fault, and not the end of the gateway",
        arguments: ["-1", "-1.000000", "-999999999999.999999", "999999999999.999999"], [true, false])
    func rateOutOfRange(rate: String, vatIncluded: Bool) throws {
        let faults = try SampleEvent.faults(changing: [
            ("/customization/vat_rate", "\"\(rate)\""), ("/customization/vat_included", "\(vatIncluded)"),
        ])
        #expect(faults.map(\.pointer) == ["/customization/vat_rate"])
    }
}
