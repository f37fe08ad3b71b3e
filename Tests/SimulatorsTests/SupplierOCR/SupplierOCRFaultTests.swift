import AsyncHTTPClient
import Foundation
import Testing

@testable import Simulators

/// Each fault as a client meets it on the wire.
@Suite(.timeLimit(.minutes(1)))
struct SupplierOCRFaultTests {
    private func send(_ ocr: SupplierOCRCaller) async throws -> SupplierOCRCaller.Answer {
        try await ocr.call("POST", "", SupplierOCRCaller.job())
    }

    @Test(
        "what is answered in place of acting leaves nothing behind",
        arguments: [
            (AnswerFault.unavailable(status: 503, retryAfter: .seconds(5)), 503, "5", "503"),
            (.unavailable(status: 429), 429, nil, "429"),
            (.refusal(status: 422, body: #"{"x":1}"#), 422, nil, #"{"x":1}"#),
            (.garbage, 200, nil, "Wi-Fi"),
        ] as [(AnswerFault, Int, String?, String)])
    func instead(kind: AnswerFault, status: Int, wait: String?, words: String) async throws {
        try await withSupplierOCR { ocr async throws in
            await ocr.simulator.inject(.init(kind, times: 1))
            let answer = try await send(ocr)
            #expect(answer.status == status && answer.headers["retry-after"] == wait && answer.text.contains(words))
            #expect(await ocr.simulator.liveJobs.isEmpty)
            #expect(await ocr.simulator.currentTotals.failures == 1)
            #expect(try await send(ocr).status == 200)
        }
    }

    @Test(
        "an answer that is lost, cut or endless is no answer, before acting and after",
        arguments: [
            (AnswerFault.loseAnswerBeforeActing, 0, CallOutcome.lost), (.loseAnswerAfterActing, 1, .lost),
            (.truncated, 1, .truncated), (.endless, 1, .truncated),
        ])
    func lost(kind: AnswerFault, made: Int, outcome: CallOutcome) async throws {
        try await withSupplierOCR { ocr async throws in
            await ocr.simulator.inject(.init(kind, operation: .create, times: 1))
            await #expect(throws: (any Error).self) { try await send(ocr) }
            #expect(await ocr.simulator.liveJobs.count == made)
            #expect(await ocr.simulator.calls().map(\.outcome) == [outcome])
            #expect(try await send(ocr).status == (made == 0 ? 200 : 409))
        }
    }

    @Test("a call may be acted on long after its connection was closed, by the simulator's clock")
    func later() async throws {
        try await withSupplierOCR { ocr async throws in
            await ocr.simulator.inject(.init(.actLater(.seconds(90)), operation: .create, times: 1))
            await #expect(throws: HTTPClientError.remoteConnectionClosed) { try await send(ocr) }
            await ocr.simulator.advanceClock(by: .seconds(80))
            #expect(try await ocr.call("GET").texts("jobNumber").isEmpty)
            await ocr.simulator.advanceClock(by: .seconds(10))
            #expect(try await ocr.call("GET").texts("jobNumber") == ["OCR-2023-001"])
        }
    }

    @Test("a slow answer comes after its delay, and the call was acted upon before")
    func slow() async throws {
        try await withSupplierOCR { ocr async throws in
            await ocr.simulator.inject(.init(.slow(.milliseconds(400)), times: 1))
            let start = ContinuousClock.now
            async let answer = send(ocr)
            try await ocr.simulator.waitForCalls(atLeast: 1)
            #expect(await ocr.simulator.liveJobs.count == 1)
            #expect(try await answer.status == 200)
            #expect(ContinuousClock.now - start >= .milliseconds(400))
        }
    }

    @Test("something else can be answered, packed, or put into an answer")
    func others() async throws {
        try await withSupplierOCR { ocr async throws in
            await ocr.simulator.inject(.init(.otherAnswer(status: 201, body: "{}"), operation: .create, times: 1))
            let other = try await send(ocr)
            #expect(other.status == 201 && other.text == "{}")
            let id = try #require(await ocr.simulator.liveJobs.first?.id)
            await ocr.simulator.inject(.init(.packed(.gzip), times: 1))
            #expect(try await ocr.call("GET", "/\(id)").headers["content-encoding"] == "gzip")
            await ocr.simulator.inject(.init(.results("null"), times: 1))
            await ocr.simulator.inject(.init(.status("chewing"), times: 1))
            #expect(try await ocr.status(id) == "chewing")
            #expect(try await ocr.status(id) == "created")
            #expect(try await ocr.call("GET", "/\(id)/results").text == #"{"success":true,"data":null}"#)
            #expect(await ocr.simulator.activeFaults.isEmpty)
        }
    }

    @Test("a fault meets only the operation and the number that it names")
    func narrowed() async throws {
        try await withSupplierOCR { ocr async throws in
            let other = try await ocr.make("other")
            await ocr.simulator.inject(.init(.unavailable(status: 500), operation: .get, number: "mine", times: 1))
            let mine = try await ocr.make("mine")
            #expect(try await ocr.call("GET", "/\(other)").status == 200)
            #expect(try await ocr.call("GET").status == 200)
            #expect(try await ocr.call("GET", "/\(mine)").status == 500)
            #expect(try await ocr.call("GET", "/\(mine)").status == 200)
            #expect(await ocr.simulator.calls().last?.jobNumber == "mine")
        }
    }
}
