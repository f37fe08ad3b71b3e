import AsyncHTTPClient
import Foundation
import Testing

@testable import Simulators

/// Each fault as a client meets it on the wire.
@Suite(.timeLimit(.minutes(1)))
struct BillgateFaultTests {
    private func send(_ billgate: BillgateCaller) async throws -> BillgateCaller.Answer {
        try await billgate.call("POST", "/v1/receipts", BillgateExamples.receipt)
    }

    @Test(
        "what is answered in place of acting leaves nothing behind",
        arguments: [
            (BillgateSimulator.Fault.Kind.unavailable(status: 503, retryAfter: .seconds(5)), 503, "5", "503"),
            (.unavailable(status: 429), 429, nil, "429"),
            (.refusal(status: 422, body: #"{"x":1}"#), 422, nil, #"{"x":1}"#),
            (.garbage, 200, nil, "Wi-Fi"),
        ] as [(BillgateSimulator.Fault.Kind, Int, String?, String)])
    func instead(kind: BillgateSimulator.Fault.Kind, status: Int, wait: String?, words: String) async throws {
        try await withBillgate { billgate async throws in
            await billgate.simulator.inject(.init(kind, times: 1))
            let answer = try await send(billgate)
            #expect(answer.status == status && answer.headers["retry-after"] == wait && answer.text.contains(words))
            #expect(await billgate.simulator.documents(.receipt).isEmpty)
            #expect(await billgate.simulator.totals.failures == 1)
            #expect(try await send(billgate).status == 200)
        }
    }

    @Test(
        "an answer that is lost is a closed connection, before acting and after",
        arguments: [(BillgateSimulator.Fault.Kind.loseAnswerBeforeActing, 0), (.loseAnswerAfterActing, 1)])
    func lost(kind: BillgateSimulator.Fault.Kind, made: Int) async throws {
        try await withBillgate { billgate async throws in
            await billgate.simulator.inject(.init(kind, operation: .createReceipt, times: 1))
            await #expect(throws: HTTPClientError.remoteConnectionClosed) { try await send(billgate) }
            #expect(await billgate.simulator.documents(.receipt).count == made)
            #expect(await billgate.simulator.calls().map(\.outcome) == [.lost])
            #expect(try await send(billgate).status == 200)
            #expect(await billgate.simulator.documentsByNumber(.receipt) == ["RCP-000001": made + 1])
            #expect(await billgate.simulator.numbersMadeTwice() == (made == 1 ? ["RCP-000001"] : []))
        }
    }

    @Test("a call may be acted on long after its connection was closed, by the simulator's clock")
    func later() async throws {
        try await withBillgate { billgate async throws in
            await billgate.simulator.inject(.init(.actLater(.seconds(90)), operation: .createReceipt, times: 1))
            await #expect(throws: HTTPClientError.remoteConnectionClosed) { try await send(billgate) }
            await billgate.simulator.advanceClock(by: .seconds(80))
            #expect(try await billgate.call("GET", "/v1/receipts").texts("number").isEmpty)
            await billgate.simulator.advanceClock(by: .seconds(10))
            #expect(await billgate.simulator.documents(.receipt).count == 1)
            #expect(try await billgate.call("GET", "/v1/receipts").texts("number") == ["RCP-000001"])
        }
    }

    @Test("a slow answer comes after its delay, and the call was acted upon before")
    func slow() async throws {
        try await withBillgate { billgate async throws in
            await billgate.simulator.inject(.init(.slow(.milliseconds(400)), times: 1))
            let start = ContinuousClock.now
            async let answer = send(billgate)
            try await billgate.simulator.waitForCalls(atLeast: 1)
            #expect(await billgate.simulator.documents(.receipt).count == 1)
            #expect(try await answer.status == 200)
            #expect(ContinuousClock.now - start >= .milliseconds(400))
        }
    }

    @Test("a document can be made and something else be answered")
    func other() async throws {
        try await withBillgate { billgate async throws in
            await billgate.simulator.inject(.init(.otherAnswer(status: 200, body: "{}"), times: 1))
            let answer = try await send(billgate)
            #expect(answer.status == 200 && answer.text == "{}")
            #expect(await billgate.simulator.documents(.receipt).count == 1)
        }
    }

    @Test("a truncated answer ends short of its length")
    func truncated() async throws {
        try await withBillgate { billgate async throws in
            await billgate.simulator.inject(.init(.truncated, times: 1))
            await #expect(throws: (any Error).self) { try await send(billgate) }
            #expect(await billgate.simulator.calls().map(\.outcome) == [.truncated])
            #expect(await billgate.simulator.documents(.receipt).count == 1)
        }
    }

    @Test("an answer can be packed")
    func packed() async throws {
        try await withBillgate { billgate async throws in
            await billgate.simulator.inject(.init(.packed(.gzip), times: 1))
            let answer = try await billgate.call("GET", "/v1/receipts")
            #expect(answer.headers["content-encoding"] == "gzip")
        }
    }

    @Test("a link and a total can be others, or missing, in whatever shows a document")
    func shown() async throws {
        try await withBillgate { billgate async throws in
            let id = try await billgate.makeReceipt("1")
            let faults: [(BillgateSimulator.Fault.Kind, String, Bool)] = [
                (.shareableURL("http://evil.example/"), #""shareable_url":"http://evil.example/""#, true),
                (.shareableURL(nil), "shareable_url", false), (.total("999.99"), #""total":999.99,"#, true),
                (.total(nil), #""total":1000"#, false),
            ]
            for (kind, words, isThere) in faults {
                await billgate.simulator.inject(.init(kind, times: 1))
                // Not an answer that shows a document.
                try await billgate.call("GET", "/v1/tokens/authorized")
                let answer = try await billgate.call("GET", "/v1/receipts/\(id)")
                #expect(answer.status == 200 && answer.text.contains(words) == isThere)
                #expect(await billgate.simulator.activeFaults.isEmpty)
            }
        }
    }

    @Test("a fault meets only the operation and the number that it names")
    func narrowed() async throws {
        try await withBillgate { billgate async throws in
            let other = try await billgate.makeReceipt("other")
            await billgate.simulator.inject(
                .init(.unavailable(status: 500), operation: .getReceiptById, number: "mine", times: 1))
            let mine = try await billgate.makeReceipt("mine")
            #expect(try await billgate.call("GET", "/v1/receipts/\(other)").status == 200)
            #expect(try await billgate.call("GET", "/v1/receipts").status == 200)
            #expect(try await billgate.call("GET", "/v1/receipts/\(mine)").status == 500)
            #expect(try await billgate.call("GET", "/v1/receipts/\(mine)").status == 200)
            #expect(await billgate.simulator.calls().last?.documentNumber == "mine")
        }
    }
}
