import Foundation
import Testing

@testable import Simulators

/// What the page leaves open, each way.
@Suite(.timeLimit(.minutes(1)))
struct BillgateLeewayTests {
    @Test(
        "a number may be taken, of the same kind, until its document is deleted",
        arguments: [(BillgateSimulator.Leeway.TakenNumber.allowed, 200), (.conflict, 409), (.badRequest, 400)])
    func takenNumber(rule: BillgateSimulator.Leeway.TakenNumber, status: Int) async throws {
        try await withBillgate({ $0.leeway.takenNumber = rule }) { billgate async throws in
            let first = try await billgate.makeReceipt("1")
            _ = try await billgate.makeInvoice("1")
            let body = BillgateExamples.receipt.replacing("RCP-000001", with: "1")
            #expect(try await billgate.call("POST", "/v1/receipts", body).status == status)
            guard status != 200 else { return }
            try await billgate.call("DELETE", "/v1/receipts/\(first)")
            #expect(try await billgate.call("POST", "/v1/receipts", body).status == 200)
        }
    }

    @Test(
        "an account may be refused; one that is not paid for makes no documents",
        arguments: [(401, 401, 401), (403, 403, 403), (402, 402, 204)])
    func account(status: Int, creating: Int, probing: Int) async throws {
        try await withBillgate({ $0.leeway.accountStatus = status }) { billgate async throws in
            #expect(try await billgate.call("POST", "/v1/receipts", BillgateExamples.receipt).status == creating)
            #expect(try await billgate.call("GET", "/v1/tokens/authorized").status == probing)
            try await billgate.allow { $0.accountStatus = nil }
            #expect(try await billgate.call("POST", "/v1/receipts", BillgateExamples.receipt).status == 200)
        }
    }

    @Test(
        "a reference to nothing is null, empty or absent",
        arguments: [
            (BillgateSimulator.Leeway.MissingReference.null, #"{"invoice_id":null,"tax_invoice_id":null}"#),
            (.empty, #"{"invoice_id":"","tax_invoice_id":""}"#), (.absent, "{}"),
        ])
    func references(rule: BillgateSimulator.Leeway.MissingReference, json: String) async throws {
        try await withBillgate({ $0.leeway.missingReference = rule }) { billgate async throws in
            let id = try await billgate.makeReceipt("1")
            #expect(try await billgate.call("GET", "/v1/receipts/\(id)").text.contains(#""references":"# + json))
        }
    }

    @Test(
        "the e-mails of a customer are a string or an array",
        arguments: [
            (BillgateSimulator.Leeway.CustomerEmails.string, #""emails":"somchai.h@mockcustomer.com""#),
            (.array, #""emails":["somchai.h@mockcustomer.com"]"#),
        ])
    func emails(rule: BillgateSimulator.Leeway.CustomerEmails, json: String) async throws {
        try await withBillgate({ $0.leeway.customerEmails = rule }) { billgate async throws in
            let answer = try await billgate.call("POST", "/v1/customers", BillgateExamples.customer)
            #expect(answer.text.contains(json))
        }
    }

    @Test("what is missing of a customer is not in the answer, and nothing in it is null")
    func absent() async throws {
        try await withBillgate { billgate async throws in
            let body = BillgateExamples.customer.replacing(#""สมชาย""#, with: "null")
                .replacing(#""tax_number":"1012670114029","#, with: "")
            let answer = try await billgate.call("POST", "/v1/customers", body)
            #expect(
                answer.json.keys.sorted() == [
                    "address", "branch_number", "emails", "id", "name", "phone_number", "type",
                ])
        }
    }

    @Test("a leeway that cannot be is refused")
    func unusable() async throws {
        try await withBillgate { billgate async throws in
            await #expect(throws: SimulatorError.self) { try await billgate.allow { $0.refusalStatus = 418 } }
            await #expect(throws: SimulatorError.self) { try await billgate.allow { $0.accountStatus = 500 } }
            #expect(await billgate.simulator.currentLeeway == .init())
        }
    }

    @Test("there is room for so many documents")
    func full() async throws {
        try await withBillgate({ $0.maximumDocuments = 1 }) { billgate async throws in
            _ = try await billgate.makeReceipt("1")
            #expect(try await billgate.call("POST", "/v1/receipts", BillgateExamples.receipt).status == 503)
        }
    }

    @Test("it runs once, and not with an unusable configuration")
    func configuration() async throws {
        var configuration = BillgateSimulator.Configuration()
        configuration.key = ""
        let simulator = BillgateSimulator(configuration: configuration)
        let error = await #expect(throws: SimulatorError.self) { try await simulator.run() }
        #expect(error?.code == .invalidConfiguration)
        await #expect(throws: SimulatorError.self) { try await simulator.endpoint() }
        await #expect(throws: SimulatorError.self) { try await simulator.run() }
    }
}
