import Foundation
import Testing

@testable import Simulators

/// What the page leaves open of answers about one thing, each way.
@Suite(.timeLimit(.minutes(1)))
struct AnswerLeewayTests {
    private func customer(_ billgate: BillgateCaller, _ change: (String) -> String) async throws -> [String: Any] {
        let id = try await billgate.makeReceipt("1", change)
        return try await billgate.call("GET", "/v1/receipts/\(id)").json["customer"] as? [String: Any] ?? [:]
    }

    @Test(
        "a customer is shown as sent, without its spaces, by its record or without its number",
        arguments: [
            (BillgateSimulator.Leeway.Answers.Persons.exact, "สมชาย  หมายปอง ", true),
            (.trimmed, "สมชาย หมายปอง", true), (.record, "ตามทะเบียน", true), (.untaxed, "สมชาย  หมายปอง ", false),
        ])
    func persons(rule: BillgateSimulator.Leeway.Answers.Persons, name: String, hasTaxNumber: Bool) async throws {
        try await withBillgate({ $0.leeway.answers.persons = rule }) { billgate async throws in
            let record = BillgateExamples.customer.replacing(#""name":"สมชาย หมายปอง""#, with: #""name":"ตามทะเบียน""#)
            _ = try await billgate.make("/v1/customers", record)
            let shown = try await customer(billgate) { $0.replacing("สมชาย หมายปอง", with: "สมชาย  หมายปอง ") }
            #expect(shown["name"] as? String == name && (shown["tax_number"] is String) == hasTaxNumber)
        }
    }

    @Test(
        "amounts may be written with exponents, and are the same",
        arguments: [
            ("1000", "1.000E3"), ("120.5", "1.205E2"), ("0.07", "7.0E-2"), ("0", "0"),
        ])
    func exponents(price: String, written: String) async throws {
        try await withBillgate({ $0.leeway.answers.amounts = .exponent }) { billgate async throws in
            let id = try await billgate.makeReceipt("1") {
                $0.replacing(#""unit_price":1000"#, with: #""unit_price":\#(price)"#)
            }
            let answer = try await billgate.call("GET", "/v1/receipts/\(id)")
            #expect(answer.text.contains("\"total\":\(written),"))
            #expect(answer.json["total"] as? Double == Double(price))
        }
    }

    @Test("a customer's address may have more members than the page knows")
    func address() async throws {
        try await withBillgate({ $0.leeway.answers.addsAddressMembers = true }) { billgate async throws in
            let made = try await billgate.call("POST", "/v1/customers", BillgateExamples.customer)
            #expect((made.json["address"] as? [String: Any])?["country"] as? String == "TH")
        }
    }

    @Test("an error may quote what was sent, or the document that it is about")
    func quotes() async throws {
        try await withBillgate({ $0.leeway.answers.quotesRequests = true }) { billgate async throws in
            let id = try await billgate.makeReceipt("1")
            let refused = try await billgate.call("POST", "/v1/receipts", #"{"name":"สมชาย"}"#)
            #expect(refused.status == 400 && refused.text.contains("สมชาย"))
            await billgate.simulator.inject(.init(.unavailable(status: 500), operation: .getReceiptById))
            #expect(try await billgate.call("GET", "/v1/receipts/\(id)").text.contains("สมชาย หมายปอง"))
        }
    }

    @Test("a document that was deleted was made all the same")
    func everMade() async throws {
        try await withBillgate { billgate async throws in
            let id = try await billgate.makeReceipt("1")
            try await billgate.call("DELETE", "/v1/receipts/\(id)")
            _ = try await billgate.makeReceipt("1")
            #expect(await billgate.simulator.documentsByNumber(.receipt) == ["1": 1])
            #expect(await billgate.simulator.madeByNumber(.receipt) == ["1": 2])
        }
    }
}
