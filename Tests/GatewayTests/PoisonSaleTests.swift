import Foundation
import Gateway
import Journey
import Outbox
import Sales
import Simulators
import TestRuntime
import Testing

/// Sales that the provider chokes on, and what the others notice of them: nothing.
@Suite(.timeLimit(.minutes(3))) struct PoisonSaleTests {
    /// So many attempts have come to nothing, and none is under way.
    private func hasFailed(_ view: SaleView, times: Int) -> Bool {
        view.record.registration.attempts >= times && !view.record.registration.machine.hasOpenAttempt
    }

    @Test(
        "44 good sales get their QR, however many bad ones that get no answer but 500 lie between",
        arguments: [1, 4, 11])
    func goodOnes(bad: Int) async throws {
        try await Shop.open(.both, concurrency: 8) { shop in
            for number in 0..<bad {
                await shop.slime.inject(.init(.unavailable(status: 500), transactionID: "BAD-\(number)"))
            }
            var sold = 0
            for number in 0..<44 {
                if number % (44 / bad) == 0 {
                    try await shop.sell("BAD-\(sold)")
                    sold += 1
                }
                let id = try await shop.sell("GOOD-\(number)")
                let view = try await shop.sale(id) { $0.record.original?.machine.state == .printed }
                #expect(view.record.original?.withQR == true, "GOOD-\(number)")
                shop.time.advance(by: 0.25)
            }
            #expect(try await shop.outbox.account(of: .slime) == .up)
            for number in 0..<bad {
                let id = try #require(TransactionID("BAD-\(number)"))
                // The last have not failed twice yet.
                let ticks = shop.outbox.changes.ticks(of: .sale(id))
                shop.time.advance(by: 1)
                if try await !shop.sales.sale(id).record.registration.machine.waitsApart {
                    for await _ in ticks {
                        shop.time.advance(by: 1)
                        if try await shop.sales.sale(id).record.registration.machine.waitsApart { break }
                    }
                }
                let view = try await shop.sales.sale(id)
                #expect(view.registrationState == .pending)
                #expect(view.lastError?.code == "HTTP::500")
                #expect(view.lastError?.message.contains("waits apart") == true)
                #expect(view.lastError?.message.contains("GOOD") == false)
            }
        }
    }

    @Test("a bad sale that lies before a good one does not keep a provider that is back down")
    func notTheProbe() async throws {
        try await Shop.open(.jobWorker, concurrency: 4) { shop in
            let poison = SlimeSimulator.Fault(.unavailable(status: 500), transactionID: "BAD")
            await shop.slime.inject(.init(.unavailable(status: 500)))
            let bad = try await shop.sell("BAD")
            _ = try await shop.sale(bad) { hasFailed($0, times: 1) }
            let good = try await shop.sell("GOOD")
            let ticks = shop.outbox.changes.ticks()
            try await shop.time.turning {
                for await _ in ticks where try await shop.outbox.account(of: .slime).condition == .down { break }
            }
            await shop.slime.clearFaults()
            await shop.slime.inject(poison)
            let view = try await shop.time.turning { try await shop.sale(good) { $0.registrationState == .ready } }
            #expect(view.registrationState == .ready)
            #expect(try await shop.outbox.account(of: .slime) == .up)
            #expect(try await shop.sales.sale(bad).registrationState == .pending)
        }
    }

    @Test("a provider that is down for all is found down, and a health check finds it back where no other sale is owed")
    func onlyBadOnesOwed() async throws {
        try await Shop.open(.jobWorker, concurrency: 4) { shop in
            for id in ["BAD-1", "BAD-2"] {
                await shop.slime.inject(.init(.unavailable(status: 500), transactionID: id))
            }
            let ticks = shop.outbox.changes.ticks()
            try await shop.sell("BAD-1")
            try await shop.sell("BAD-2")
            // Nothing that gets through speaks for the provider.
            try await shop.time.turning {
                for await _ in ticks where try await shop.outbox.account(of: .slime).condition == .down { break }
                for await _ in ticks where try await shop.outbox.account(of: .slime).condition == .up { break }
                // Each fails twice more, and makes nothing down any more.
                for id in ["BAD-1", "BAD-2"].compactMap(TransactionID.init) {
                    _ = try await shop.sale(id) { $0.record.registration.machine.waitsApart }
                }
            }
            #expect(try await shop.outbox.account(of: .slime) == .up)
            let id = try await shop.sell("GOOD")
            #expect(try await shop.sale(id) { $0.registrationState == .ready }.registrationState == .ready)
        }
    }

    @Test("a bad sale does not keep a held account from being released by another")
    func held() async throws {
        try await Shop.open(.jobWorker, concurrency: 4) { shop in
            await shop.slime.inject(.init(.exception(code: "Fund::InsufficientBalance", message: nil)))
            let bad = try await shop.sell("BAD")
            _ = try await shop.sale(bad) { $0.registrationState == .held && hasFailed($0, times: 1) }
            let good = try await shop.sell("GOOD")
            await shop.slime.clearFaults()
            await shop.slime.inject(.init(.unavailable(status: 500), transactionID: "BAD"))
            let view = try await shop.time.turning { try await shop.sale(good) { $0.registrationState == .ready } }
            #expect(view.registrationState == .ready)
        }
    }

    @Test("once the provider takes it, a sale that waited apart is registered by itself, or at once by hand")
    func healed() async throws {
        try await Shop.open(.jobWorker, concurrency: 4) { shop in
            await shop.slime.inject(.init(.unavailable(status: 500), transactionID: "BAD"))
            let bad = try await shop.sell("BAD")
            _ = try await shop.sale(bad) { hasFailed($0, times: 1) }
            _ = try await shop.sale(shop.sell("GOOD")) { $0.registrationState == .ready }
            shop.time.advance(by: 1)
            _ = try await shop.sale(bad) { $0.record.registration.machine.waitsApart && hasFailed($0, times: 2) }
            await shop.slime.clearFaults()
            _ = try await shop.sales.retry(bad)
            let view = try await shop.sale(bad) { $0.registrationState == .ready }
            #expect(!view.record.registration.machine.waitsApart)
            #expect(view.lastError == nil)
        }
    }
}
