import Foundation
import Testing

@testable import Simulators

@Suite(.timeLimit(.minutes(1))) struct ScanlyIQLimitTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)

    @Test("a window slides: one call too many is refused, and counts as well")
    func slides() {
        var window = RateWindow(limit: 2, length: .seconds(60))
        #expect(window.enter(at: start) == nil)
        #expect(window.enter(at: start + 30) == nil)
        // The first two and this one have to be out of the window but one.
        #expect(window.enter(at: start + 40) == .seconds(50))
        #expect(window.count == 3)
        #expect(window.enter(at: start + 61) == .seconds(39))
        #expect(window.enter(at: start + 122) == nil)
    }

    @Test("a call at the very end of a minute still counts: the page does not say which second is the last")
    func edge() {
        var window = RateWindow(limit: 1, length: .seconds(60))
        #expect(window.enter(at: start) == nil)
        #expect(window.enter(at: start + 60) != nil)
    }

    @Test("20 uploads and 60 other calls a minute are answered, each counted by itself")
    func ofPage() async throws {
        try await withScanlyIQ { scanly async throws in
            try await scanly.allow { $0.tellsRetryAfter = true }
            for _ in 0..<20 { #expect(try await scanly.upload().status == 200) }
            let refused = try await scanly.upload()
            #expect(refused.status == 429)
            #expect(refused.headers["retry-after"].flatMap { Int($0) }.map { (50...60).contains($0) } == true)
            for _ in 0..<60 { #expect(try await scanly.call("GET", "/api/credits").status == 200) }
            #expect(try await scanly.call("GET", "/api/models").status == 429)
            let totals = await scanly.simulator.totals
            #expect((totals.mostUploads, totals.mostOthers, totals.tooMany) == (21, 61, 2))
            await scanly.simulator.advanceClock(by: .seconds(61))
            #expect(try await scanly.upload().status == 200)
            #expect(try await scanly.call("GET", "/api/models").status == 200)
        }
    }

    @Test("a 429 does not say how long to wait, unless it is told to")
    func silent() async throws {
        try await withScanlyIQ({ $0.limits.uploads = 1 }) { scanly async throws in
            try await scanly.upload()
            let refused = try await scanly.upload()
            #expect(refused.status == 429 && refused.headers["retry-after"] == nil)
        }
    }
}
