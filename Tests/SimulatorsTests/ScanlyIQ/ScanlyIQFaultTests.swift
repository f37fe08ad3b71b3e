import AsyncHTTPClient
import Foundation
import Testing

@testable import Simulators

/// Each fault as a client meets it on the wire.
@Suite(.timeLimit(.minutes(1))) struct ScanlyIQFaultTests {
    @Test(
        "what is answered in place of acting leaves nothing behind",
        arguments: [
            (ScanlyIQSimulator.Fault.Kind.unavailable(status: 503, retryAfter: .seconds(5)), 503, "5", "503"),
            (.refusal(status: 403, body: #"{"x":1}"#), 403, nil, #"{"x":1}"#), (.garbage, 200, nil, "Wi-Fi"),
        ] as [(ScanlyIQSimulator.Fault.Kind, Int, String?, String)])
    func instead(kind: ScanlyIQSimulator.Fault.Kind, status: Int, wait: String?, words: String) async throws {
        try await withScanlyIQ { scanly async throws in
            let upload = try await scanly.uploaded()
            await scanly.simulator.inject(.init(kind, operation: .createJob, times: 1))
            let answer = try await scanly.order([upload])
            #expect(answer.status == status && answer.headers["retry-after"] == wait && answer.text.contains(words))
            #expect(await scanly.simulator.totals.jobs == 0)
            #expect(try await scanly.order([upload]).status == 200)
        }
    }

    @Test(
        "a job whose answer is lost was charged if it was acted on",
        arguments: [(ScanlyIQSimulator.Fault.Kind.loseAnswerBeforeActing, 1_000), (.loseAnswerAfterActing, 998)])
    func lost(kind: ScanlyIQSimulator.Fault.Kind, credits: Int) async throws {
        try await withScanlyIQ { scanly async throws in
            let upload = try await scanly.uploaded()
            await scanly.simulator.inject(.init(kind, operation: .createJob, times: 1))
            await #expect(throws: HTTPClientError.remoteConnectionClosed) { try await scanly.order([upload]) }
            #expect(await scanly.simulator.credits == credits)
            #expect(await scanly.simulator.calls().last?.outcome == .lost)
        }
    }

    @Test("a truncated answer ends short of its length, and a packed one says so")
    func broken() async throws {
        try await withScanlyIQ { scanly async throws in
            await scanly.simulator.inject(.init(.truncated, times: 1))
            await #expect(throws: (any Error).self) { try await scanly.call("GET", "/api/models") }
            await scanly.simulator.inject(.init(.packed(.gzip), times: 1))
            #expect(try await scanly.call("GET", "/api/models").headers["content-encoding"] == "gzip")
            await scanly.simulator.inject(.init(.otherAnswer(status: 200, body: "{}"), times: 1))
            #expect(try await scanly.call("GET", "/api/models").text == "{}")
            #expect(await scanly.simulator.activeFaults.isEmpty)
        }
    }

    @Test("a slow answer comes after its delay, and the call was acted upon before")
    func slow() async throws {
        try await withScanlyIQ { scanly async throws in
            await scanly.simulator.inject(.init(.slow(.milliseconds(400)), operation: .upload, times: 1))
            let start = ContinuousClock.now
            async let answer = scanly.upload()
            try await scanly.simulator.waitForCalls(atLeast: 1)
            #expect(await scanly.simulator.totals.uploads == 1)
            #expect(try await answer.status == 200)
            #expect(ContinuousClock.now - start >= .milliseconds(400))
        }
    }
}
