import Foundation
import Testing

@testable import Simulators

/// What documents come to, as it stands on the wire.
@Suite(.timeLimit(.minutes(1)))
struct DocumentSumsTests {
    private static let names = [
        "subtotal", "total_discount_amount", "vat_exempted_amount", "taxable_sales_amount", "total", "paid_amount",
    ]

    private func receipt(
        _ items: String, vatIncluded: Bool = true, withholding: String = "null", _ billgate: BillgateCaller
    ) async throws -> BillgateCaller.Answer {
        let id = try await billgate.makeReceipt("1") {
            $0.replacing(BillgateExamples.items, with: items)
                .replacing(#""vat_included":true"#, with: #""vat_included":\#(vatIncluded)"#)
                .replacing(#""withholding_tax_rate":null"#, with: #""withholding_tax_rate":\#(withholding)"#)
        }
        return try await billgate.call("GET", "/v1/receipts/\(id)")
    }

    private static func line(
        _ quantity: String, _ price: String, rate: String = "7", off: String = "0", name: String = "a"
    ) -> String {
        """
        {"description":"\(name)","quantity":\(quantity),"unit_price":\(price),"vat_rate":\(rate),"discount_amount":\(off)}
        """
    }

    @Test(
        "sums are exact and rounded once",
        arguments: [
            // The page's own example.
            ([line("1", "1490")], true, ["1490", "0", "0", "1392.52", "1490", "1490"], "97.48"),
            (
                [line("1", "399", off: "50"), line("1", "99", name: "b")], true,
                ["498", "50", "0", "418.69", "448", "448"], "29.31"
            ),
            // An exempt line, and VAT on top.
            (
                [line("8", "15"), line("1", "220", rate: "null")], false, ["340", "0", "220", "120", "348.4", "348.4"],
                "8.4"
            ),
            (
                [line("8", "15"), line("1", "220", rate: "null")], true, ["340", "0", "220", "112.15", "340", "340"],
                "7.85"
            ),
            // Three lines of a third of a satang each.
            (
                [line("1", "0.003333"), line("1", "0.003333", name: "b"), line("1", "0.003334", name: "c")], true,
                ["0.01", "0", "0", "0.01", "0.01", "0.01"], "0"
            ),
            // Half a satang goes up.
            ([line("0.5", "0.01", rate: "null")], true, ["0.01", "0", "0.01", "0", "0.01", "0.01"], "0"),
            (
                [line("1", "9999999999999.99")], true,
                ["9999999999999.99", "0", "0", "9345794392523.36", "9999999999999.99", "9999999999999.99"],
                "654205607476.63"
            ),
        ] as [([String], Bool, [String], String)])
    func sums(lines: [String], vatIncluded: Bool, expected: [String], vat: String) async throws {
        try await withBillgate { billgate async throws in
            let answer = try await receipt("[\(lines.joined(separator: ","))]", vatIncluded: vatIncluded, billgate)
            #expect(Self.names.map { answer.number($0) ?? "" } == expected, "\(answer.text)")
            let members = try #require(answer.text.firstRange(of: #""vat":{"amount":"#))
            #expect(answer.text[members.upperBound...].prefix { $0 != "," } == vat)
        }
    }

    @Test("withholding tax is taken off what is paid, of the price before VAT")
    func withholding() async throws {
        try await withBillgate { billgate async throws in
            let answer = try await receipt("[\(Self.line("1", "448"))]", withholding: "3", billgate)
            #expect(answer.number("total") == "448" && answer.number("paid_amount") == "435.44")
            #expect(answer.text.contains(#""withholding_tax":{"amount":12.56,"rate":3}"#))
        }
    }

    @Test("a template comes to what the page's example comes to")
    func template() async throws {
        try await withBillgate { billgate async throws in
            let body = BillgateExamples.template.replacing(
                #""is_vat_included":false"#, with: #""is_vat_included":true"#)
            let answer = try await billgate.call("POST", "/v1/templates/invoices", body)
            let names = [
                "items_amount", "total_amount", "gross_amount", "net_amount", "taxable_sales_amount",
                "vat_exempted_amount",
            ]
            #expect(names.map { answer.number($0) ?? "" } == ["498", "448", "435.44", "418.69", "418.69", "0"])
            #expect(answer.text.contains(#""vat":{"amount":29.31,"is_included":true,"on":true,"rate":0.07}"#))
            #expect(answer.text.contains(#""withholding_tax":{"amount":12.56,"on":true,"rate":0.03}"#))
            #expect(answer.text.contains(#""discount":{"amount":50,"rate":null}"#))
            #expect(answer.text.contains(#""vat":{"amount":22.83177570093"#))
        }
    }

    @Test("a discount in percent is one, and 7 is the rate that 0.07 is")
    func percentage() async throws {
        try await withBillgate { billgate async throws in
            let body = BillgateExamples.template
                .replacing(#"{"type":"money","total":50}"#, with: #"{"type":"percentage","total":10}"#)
                .replacing(#""vat_rate":0.07"#, with: #""vat_rate":7"#)
            let answer = try await billgate.call("POST", "/v1/templates/invoices", body)
            #expect(answer.text.contains(#""discount":{"amount":39.9,"rate":10}"#))
            #expect(answer.number("net_amount") == "458.1" && answer.number("total_amount") == "490.17")
        }
    }

    @Test(
        "a discount is the line's or each piece's",
        arguments: [(BillgateSimulator.Leeway.Discount.line, "90"), (.unit, "70")])
    func discount(of what: BillgateSimulator.Leeway.Discount, total: String) async throws {
        try await withBillgate({ $0.leeway.discount = what }) { billgate async throws in
            let answer = try await receipt("[\(Self.line("3", "33.333333333333", off: "10"))]", billgate)
            #expect(answer.number("total") == total)
        }
    }

    @Test(
        "numbers are read as doubles, unless it is said otherwise",
        arguments: [
            (BillgateSimulator.Leeway.Numbers.double, "12345678901234567", "12345678901234568"),
            (.exact, "12345678901234567", "12345678901234567"), (.double, "123456789012.345", "123456789012.345"),
            (.double, "1e3", "1000"), (.exact, "15.00", "15"),
        ])
    func numbers(reading: BillgateSimulator.Leeway.Numbers, sent: String, shown: String) async throws {
        try await withBillgate({ $0.leeway.numbers = reading }) { billgate async throws in
            let answer = try await receipt("[\(Self.line("1", sent))]", billgate)
            #expect(answer.number("unit_price") == shown)
        }
    }

    @Test("a line below zero is taken only where it is said")
    func negative() async throws {
        try await withBillgate({ $0.leeway.takesNegativeAmounts = true }) { billgate async throws in
            let answer = try await receipt("[\(Self.line("1", "100")),\(Self.line("1", "-10", name: "b"))]", billgate)
            #expect(answer.number("total") == "90")
        }
    }

    @Test(
        "a total may be nothing, or a satang off",
        arguments: [(BillgateSimulator.Leeway.Total.zero, "0"), (.satangMore, "1000.01"), (.exact, "1000")])
    func total(rule: BillgateSimulator.Leeway.Total, total: String) async throws {
        try await withBillgate({ $0.leeway.total = rule }) { billgate async throws in
            let id = try await billgate.makeReceipt("1")
            let answer = try await billgate.call("GET", "/v1/receipts/\(id)")
            #expect(answer.number("total") == total && answer.number("subtotal") == "1000")
            #expect(await billgate.simulator.document(.receipt, id)?.total == "1000")
        }
    }
}
