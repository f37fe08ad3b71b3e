import Foundation
import Journey
import Logging
import Outbox
import Runtime
import Sales
import TestRuntime
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(1))) struct ClockServiceTests {
    private static let hour: TimeInterval = 3_600

    private func keeper(of shop: Shop, from start: CountedStart, log: LogBook = LogBook()) -> ClockService {
        let begun = shop.time.now
        return ClockService(
            outbox: shop.outbox, watch: shop.clocks, start: start,
            boot: { .init(id: "b", elapsed: .seconds(shop.time.now.timeIntervalSince(begun))) },
            context: LoopContext(clock: shop.time.clock, logger: log.logger))
    }

    private func start(after mark: TimeMark?, in shop: Shop) -> CountedStart {
        CountedStart(
            after: mark, newestSale: nil, shown: shop.time.shown, isBorneOut: false, bootID: "b", sinceBoot: .zero)
    }

    @Test("the mark is kept each minute, when the clock is set, and at the end")
    func marks() async throws {
        try await Shop.open(.nobody) { shop in
            let log = LogBook()
            let keeper = keeper(of: shop, from: start(after: nil, in: shop), log: log)
            let run = Task { try await keeper.run() }
            while try await shop.outbox.keptTime() == nil { await Task.yield() }
            shop.time.isSynchronised = true
            shop.time.set(by: 7 * Self.hour)
            var mark: TimeMark?
            repeat {
                shop.time.advance(by: 1)
                mark = try await shop.outbox.keptTime()
            } while mark?.proof == nil
            let proof = try #require(mark?.proof)
            #expect(proof.shown.timeIntervalSince(proof.counted) == 7 * Self.hour)
            #expect(log.all.map(\.text) == ["machine clock was set clock.drift_seconds=25200"])
            shop.time.advance(by: 5)
            run.cancel()
            try await run.value
            #expect(try await shop.outbox.keptTime()?.counted == shop.time.now)
        }
    }

    @Test("once the clock is borne out, what waited while the machine was off is as old as it is, and once")
    func off() async throws {
        try await Shop.open(.nobody) { shop in
            let id = try await shop.sell("YESTERDAY")
            let proof = TimeMark.Proof(counted: shop.time.now, shown: shop.time.shown)
            let mark = TimeMark(
                counted: shop.time.now, bootID: "a", sinceBoot: .seconds(Self.hour), proof: proof, isOpen: false)
            // Twelve hours later, of which nothing was counted.
            shop.time.set(by: 12 * Self.hour)
            let start = start(after: mark, in: shop)
            #expect(start.isOpen && start.counted == shop.time.now)
            shop.time.advance(by: 1)
            let young = try await shop.sell("TODAY")
            let keeper = keeper(of: shop, from: start)
            await keeper.settle()
            let counted = proof.counted
            #expect(try await shop.outbox.sale(id).agedFrom == counted)
            shop.time.isSynchronised = true
            for _ in 1...2 { await keeper.settle() }
            #expect(try await shop.outbox.sale(id).original?.agedFrom == counted - 12 * Self.hour)
            #expect(try await shop.outbox.sale(young).agedFrom == counted + 1)
            let kept = try #require(try await shop.outbox.keptTime())
            #expect(!kept.isOpen && kept.proof?.shown == shop.time.shown)
        }
    }
}
