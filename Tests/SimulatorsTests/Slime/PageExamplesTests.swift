import Foundation
import Testing

@testable import Simulators

@Suite(.timeLimit(.minutes(1)))
struct PageExamplesTests {
    @Test("there is an example of every subject")
    func complete() {
        #expect(PageExamples.all.map(\.subject) == SlimeSimulator.Subject.allCases)
    }

    @Test("every example of the page is answered with the names that the page shows")
    func answered() async throws {
        try await withSlime({ $0.documents.delay = .zero }) { slime async throws in
            // What the examples take for granted. The page finds transactions by a number whose check digit is wrong:
            // as a tag of one's own it can be had.
            for id in ["TEST-TRANSACTION-0001", "MY-TRANSACTION-001", "TEST-TRANSACTION-001"] {
                let sale = SlimeCaller.sale(id).replacing(
                    #""document""#, with: #""tags":["NIDN:1234567851234"],"document""#, maxReplacements: 1)
                #expect(try await slime.call(SlimeCaller.stub, sale).code == "success")
                try await slime.simulator.customerMakesDocument(of: id)
            }
            for example in PageExamples.all {
                let answer = try await slime.call(example.subject.rawValue, example.data)
                #expect(answer.code == "success", "\(example.subject): \(answer.text)")
                let first = answer.data.values.lazy.compactMap { ($0 as? [[String: Any]])?.first }.first
                let names = answer.data.keys.sorted() + (first?.keys.sorted() ?? [])
                #expect(names == example.answer, "\(example.subject)")
            }
        }
    }

    @Test("the page's continuation token is nobody's")
    func continued() async throws {
        try await withSlime { slime async throws in
            let data = """
                {"continuation_token": "eyJhbGciOiJkaXIi...<opaque token>...j1agfeeQ24ipLR-A","limit": 200}
                """
            let answer = try await slime.call("trading-document/stream-generated", data)
            #expect(answer.code == "InvalidContinuationToken")
        }
    }

    @Test(
        "the page's address in lines needs the quirk", arguments: [("true", "success"), ("false", "SchemaViolation")])
    func unstructured(quirk: String, code: String) async throws {
        try await withSlime { slime async throws in
            let data = PageExamples.taxInvoice
                .replacing(PageExamples.address, with: PageExamples.unstructuredAddress)
                .replacing(
                    #""vat_included""#,
                    with: #""quirks": {"allow_unstructured_address": \#(quirk)}, "vat_included""#)
            #expect(try await slime.call("simple-transaction/initiate-with-tax-invoice", data).code == code)
        }
    }
}
