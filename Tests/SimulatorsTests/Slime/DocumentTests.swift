import Foundation
import Testing

@testable import Simulators

/// How documents come to be, as the API shows it.
@Suite(.timeLimit(.minutes(1)))
struct DocumentTests {
    private let show = #"{"document_id":"aD1"}"#

    @Test("a document is being generated until its time has come")
    func ready() async throws {
        try await withSlime({ $0.documents.delay = .seconds(3600) }) { slime async throws in
            _ = try await slime.call(SlimeCaller.taxInvoice, SlimeCaller.invoice("a"))
            let pending = try await slime.call("trading-document/show", show).data
            #expect(pending["ready"] as? Bool == false)
            #expect(pending["readied_at"] is NSNull && pending["pdf_size"] is NSNull && pending["xml_size"] is NSNull)
            #expect(try await slime.call("trading-document/download-pdf", show).code == "NotReady")
            await slime.simulator.advanceDocumentClock(by: .seconds(3601))
            let ready = try await slime.call("trading-document/show", show).data
            #expect(ready["ready"] as? Bool == true)
            #expect(ready["transaction_id"] as? String == "a" && ready["sequence"] as? Int == 1)
            #expect(ready["pdf_size"] as? Int == 4096 && ready["xml_size"] as? Int == 2048)
            let date = try #require((ready["readied_at"] as? String).flatMap(Grammar.instant))
            #expect(abs(date.timeIntervalSinceNow - 3600) < 30)
        }
    }

    @Test("members that are not known yet are left out where that is configured")
    func absent() async throws {
        try await withSlime({ $0.documents.unreadyMembers = .absent }) { slime async throws in
            _ = try await slime.call(SlimeCaller.taxInvoice, SlimeCaller.invoice("a"))
            let pending = try await slime.call("trading-document/show", show).data
            #expect(pending.keys.sorted() == ["id", "ready", "sequence", "transaction_id"])
        }
    }

    @Test("a customer's document is the next of the transaction, and found by the customer's number")
    func customers() async throws {
        try await withSlime({ $0.documents.delay = nil }) { slime async throws in
            _ = try await slime.call(SlimeCaller.stub, SlimeCaller.sale("a"))
            #expect(try await slime.simulator.customerMakesDocument(of: "a").id == "aD1")
            await slime.simulator.finishDocuments("aD1")
            let other = SlimeSimulator.usualBuyer.replacing("1111111111119", with: "1234567851231")
            #expect(try await slime.simulator.customerMakesDocument(of: "a", buyerInfo: other).id == "aD2")
            let shown = try await slime.call(SlimeCaller.show, #"{"transaction_id":"a"}"#).data
            #expect(shown["system_tags"] as? [String] == ["NIDN:1111111111119", "NIDN:1234567851231"])
            #expect(shown["storage_used"] as? Int == 4096 + 2048)
            for (choice, ids) in [("latest", ["aD1"]), ("readied", ["aD1"]), ("all", ["aD1", "aD2"])] {
                let data = #"{"transaction_id":"a","include_documents":"\#(choice)"}"#
                let documents = try await slime.call(SlimeCaller.show, data).data["documents"] as? [[String: Any]]
                #expect(documents?.compactMap { $0["id"] as? String } == ids, "\(choice)")
            }
            // The latest is D2, and it is not ready.
            let latest = #"{"transaction_id":"a"}"#
            #expect(try await slime.call("trading-transaction/latest-pdf", latest).code == "DocumentPending")
            await slime.simulator.finishDocuments()
            #expect(try await slime.call("trading-transaction/latest-pdf", latest).code == "success")
            let all = try await slime.call("trading-document/list-by-transaction", latest).data
            #expect((all["documents"] as? [[String: Any]])?.map { $0["ready"] as? Bool } == [true, true])
        }
    }

    @Test("a customer's buyer is judged as every other")
    func faultyCustomers() async throws {
        try await withSlime { slime async throws in
            _ = try await slime.call(SlimeCaller.stub, SlimeCaller.sale("a"))
            let faulty = SlimeSimulator.usualBuyer.replacing("1111111111119", with: "1111111111118")
            for (id, buyer) in [("a", faulty), ("a", "{}"), ("a", "nonsense"), ("b", SlimeSimulator.usualBuyer)] {
                let error = await #expect(throws: SimulatorError.self) {
                    try await slime.simulator.customerMakesDocument(of: id, buyerInfo: buyer)
                }
                #expect(error?.code == .refused)
            }
            #expect(await slime.simulator.documents().isEmpty)
        }
    }

    @Test("what the page does not say about missing documents is a matter of rules")
    func missing() async throws {
        try await withSlime { slime async throws in
            _ = try await slime.call(SlimeCaller.stub, SlimeCaller.sale("a"))
            let (latest, list) = ("trading-transaction/latest-pdf", "trading-document/list-by-transaction")
            #expect(try await slime.call(latest, #"{"transaction_id":"a"}"#).code == "NotFound")
            let none = try await slime.call(list, #"{"transaction_id":"b"}"#)
            #expect((none.data["documents"] as? [Any])?.isEmpty == true)
            var rules = await slime.simulator.currentDocumentRules
            (rules.missingDocument, rules.unknownTransaction) = (.documentPending, .notFound)
            try await slime.simulator.setDocumentRules(rules)
            #expect(try await slime.call(latest, #"{"transaction_id":"a"}"#).code == "DocumentPending")
            #expect(try await slime.call(list, #"{"transaction_id":"b"}"#).code == "NotFound")
            #expect(try await slime.call(list, #"{"transaction_id":"a"}"#).code == "success")
        }
    }

    @Test("tags are replaced, and transactions found by their own tags and by their buyers'")
    func tags() async throws {
        try await withSlime { slime async throws in
            for id in ["a", "b", "c"] {
                _ = try await slime.call(SlimeCaller.taxInvoice, SlimeCaller.invoice(id))
            }
            let set = #"{"transaction_id":"b","tags":["order:1","x"]}"#
            #expect(try await slime.call("trading-transaction/set-tags", set).code == "success")
            func found(_ tag: String) async throws -> [String] {
                let answer = try await slime.call("trading-transaction/list-by-tag", #"{"tag":"\#(tag)"}"#)
                return (answer.data["transactions"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
            }
            #expect(try await found("order:1") == ["b"])
            #expect(try await found("order") == [])
            #expect(try await found("NIDN:1111111111119") == ["a", "b", "c"])
            _ = try await slime.call("trading-transaction/set-tags", #"{"transaction_id":"b","tags":[]}"#)
            #expect(try await found("order:1") == [])
            await slime.simulator.finishDocuments()
            let data = #"{"tag":"NIDN:1111111111119","include_documents":"latest"}"#
            let answer = try await slime.call("trading-transaction/list-by-tag", data)
            let first = try #require((answer.data["transactions"] as? [[String: Any]])?.first)
            #expect((first["documents"] as? [[String: Any]])?.first?["id"] as? String == "aD1")
            #expect(first["storage_used"] as? Int == 6144)
        }
    }

    @Test("a tag finds 1,000 transactions at most")
    func manyTagged() async throws {
        let simulator = SlimeSimulator()
        #expect(await simulator.otherStoreMakesDocuments(1001).count == 1001)
        #expect(await simulator.ledger.transactions(taggedWith: "TXID:OTHER", atMost: 1000).count == 1000)
    }

    @Test("rules that are none change nothing")
    func wrongRules() async throws {
        let simulator = SlimeSimulator()
        var rules = SlimeSimulator.DocumentRules()
        rules.expiredStatus = 200
        await #expect(throws: SimulatorError.self) { try await simulator.setDocumentRules(rules) }
        (rules.expiredStatus, rules.redirectStatus) = (404, 301)
        await #expect(throws: SimulatorError.self) { try await simulator.setDocumentRules(rules) }
        #expect(await simulator.currentDocumentRules == SlimeSimulator.DocumentRules())
    }
}
