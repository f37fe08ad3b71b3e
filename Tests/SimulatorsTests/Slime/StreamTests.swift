import Foundation
import Testing

@testable import Simulators

/// `trading-document/stream-generated`: documents in the order in which they became ready.
@Suite(.timeLimit(.minutes(1)))
struct StreamTests {
    private struct Page {
        let ids: [String]
        let token: String
    }

    private func page(_ slime: SlimeCaller, _ data: String) async throws -> Page {
        let answer = try await slime.call("trading-document/stream-generated", data)
        let documents = try #require(answer.data["documents"] as? [[String: Any]], "\(answer.text)")
        return Page(
            ids: documents.compactMap { $0["id"] as? String },
            token: try #require(answer.data["continuation_token"] as? String))
    }

    private func next(_ slime: SlimeCaller, _ token: String, limit: Int = 100) async throws -> Page {
        try await page(slime, #"{"continuation_token":"\#(token)","limit":\#(limit)}"#)
    }

    private let fromTheStart = #"{"from":"2026-01-01T00:00:00Z"}"#

    private func withStubs(_ ids: [String], _ body: (SlimeCaller) async throws -> Void) async throws {
        try await withSlime({ $0.documents.delay = nil }) { slime async throws in
            for id in ids {
                #expect(try await slime.call(SlimeCaller.stub, SlimeCaller.sale(id)).code == "success")
                try await slime.simulator.customerMakesDocument(of: id)
            }
            try await body(slime)
        }
    }

    @Test("documents come as they become ready, in pages, and then an empty page with a token")
    func pages() async throws {
        try await withStubs(["a", "b", "c", "d"]) { slime async throws in
            let empty = try await page(slime, fromTheStart)
            #expect(empty.ids == [])
            for id in ["cD1", "aD1", "dD1"] { await slime.simulator.finishDocuments(id) }
            let first = try await page(slime, #"{"from":"2026-01-01T00:00:00Z","limit":2}"#)
            #expect(first.ids == ["cD1", "aD1"])
            let second = try await next(slime, first.token, limit: 2)
            #expect(second.ids == ["dD1"])
            let third = try await next(slime, second.token)
            #expect(third.ids == [])
            await slime.simulator.finishDocuments()
            #expect(try await next(slime, third.token).ids == ["bD1"])
            // From the beginning of it all, with the token of the empty page.
            #expect(try await next(slime, empty.token).ids == ["cD1", "aD1", "dD1", "bD1"])
        }
    }

    @Test("a token replays: the same documents, and what came since")
    func replay() async throws {
        try await withStubs(["a", "b"]) { slime async throws in
            let start = try await page(slime, fromTheStart)
            await slime.simulator.finishDocuments("aD1")
            let once = try await next(slime, start.token)
            let again = try await next(slime, start.token)
            #expect(once.ids == ["aD1"] && again.ids == ["aD1"])
            // Nobody may take a token for the name of a place.
            #expect(once.token != again.token)
            await slime.simulator.finishDocuments()
            #expect(try await next(slime, start.token).ids == ["aD1", "bD1"])
            #expect(try await next(slime, once.token).ids == ["bD1"])
            #expect(try await next(slime, again.token).ids == ["bD1"])
        }
    }

    @Test("stale tokens are invalid, and those of afterwards are not")
    func stale() async throws {
        try await withStubs(["a"]) { slime async throws in
            let old = try await page(slime, fromTheStart).token
            await slime.simulator.expireContinuationTokens()
            let data = #"{"continuation_token":"\#(old)"}"#
            let refused = try await slime.call("trading-document/stream-generated", data)
            #expect(refused.code == "InvalidContinuationToken")
            await slime.simulator.finishDocuments()
            let new = try await page(slime, fromTheStart)
            #expect(new.ids == ["aD1"])
            #expect(try await next(slime, new.token).ids == [])
        }
    }

    @Test("a token that was changed is invalid")
    func changed() async throws {
        try await withStubs([]) { slime async throws in
            let token = try await page(slime, fromTheStart).token
            let upper = token.uppercased() == token ? token + "-" : token.uppercased()
            for wrong in ["", "0" + token.dropFirst(1), String(token.dropLast()), token + "0", upper]
            where wrong != token {
                let data = #"{"continuation_token":"\#(wrong)"}"#
                let answer = try await slime.call("trading-document/stream-generated", data)
                #expect(answer.code == "InvalidContinuationToken", "\(wrong)")
            }
        }
    }

    @Test("from passes over what was ready before, also for the tokens that follow")
    func from() async throws {
        try await withStubs(["a", "b", "c"]) { slime async throws in
            await slime.simulator.finishDocuments("aD1")
            await slime.simulator.advanceDocumentClock(by: .seconds(100))
            await slime.simulator.finishDocuments("bD1")
            let readied = try #require(await slime.simulator.document("bD1")?.readiedAt)
            let since = UTCTime.timestamp(readied)
            // As the API states it, in whole seconds: what became ready then is among them.
            #expect(try await page(slime, #"{"from":"\#(since)"}"#).ids == ["bD1"])
            let later = UTCTime.timestamp(readied.addingTimeInterval(200))
            let start = try await page(slime, #"{"from":"\#(later)"}"#)
            #expect(start.ids == [])
            await slime.simulator.finishDocuments("cD1")
            let middle = try await next(slime, start.token)
            #expect(middle.ids == [])
            await slime.simulator.advanceDocumentClock(by: .seconds(300))
            try await slime.simulator.customerMakesDocument(of: "a")
            await slime.simulator.finishDocuments()
            #expect(try await next(slime, middle.token).ids == ["aD2"])
        }
    }

    @Test("documents of other stores are in it, and their transactions are nobody's here")
    func otherStores() async throws {
        try await withStubs(["a"]) { slime async throws in
            await slime.simulator.otherStoreMakesDocuments(3)
            await slime.simulator.finishDocuments()
            let ids = try await page(slime, fromTheStart).ids
            #expect(ids.count == 4 && ids.first == "aD1" && ids.dropFirst().allSatisfy { $0.hasPrefix("OTHER-") })
            #expect(await slime.simulator.totals.registered == 1)
        }
    }

    @Test("a page has 100 documents unless it says otherwise, and 1,000 at most")
    func limits() async throws {
        try await withStubs([]) { slime async throws in
            await slime.simulator.otherStoreMakesDocuments(1001)
            await slime.simulator.finishDocuments()
            #expect(try await page(slime, fromTheStart).ids.count == 100)
            let most = try await page(slime, #"{"from":"2026-01-01T00:00:00Z","limit":1000}"#)
            #expect(most.ids.count == 1000)
            #expect(try await next(slime, most.token, limit: 1).ids.count == 1)
        }
    }

    @Test("documents that are due one after the other become ready in that order, however late anybody looks")
    func order() throws {
        var ledger = DocumentLedger()
        var rules = SlimeSimulator.DocumentRules()
        let start = Date(timeIntervalSince1970: 1_700_000_000)
        for (id, delay) in [("slow", 30), ("quick", 10), ("middle", 20)] {
            rules.delay = .seconds(delay)
            _ = ledger.begin(of: id, type: .taxInvoice, buyerName: nil, by: rules, now: start)
        }
        ledger.advance(to: start.addingTimeInterval(5))
        #expect(ledger.readyCount == 0)
        ledger.advance(to: start.addingTimeInterval(25))
        #expect(ledger.readyCount == 2)
        ledger.finish(at: start.addingTimeInterval(26))
        let stream = ledger.stream(after: 0, from: .distantPast, limit: 10)
        #expect(stream.documents.map(\.id) == ["quickD1", "middleD1", "slowD1"])
        #expect(stream.documents.map { $0.readiedAt?.timeIntervalSince(start) } == [10, 20, 26])
    }
}
