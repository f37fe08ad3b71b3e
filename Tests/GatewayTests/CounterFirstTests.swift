import Foundation
import Gateway
import Journey
import Outbox
import Sales
import Simulators
import Slime
import TestRuntime
import Testing

/// What a customer at the counter notices of a backlog, a late link and a quiet hour: nothing, a slip, nothing.
@Suite(.timeLimit(.minutes(1))) struct CounterFirstTests {
    @Test("a customer's sale is registered while every call of the backlog hangs")
    func reserve() async throws {
        try await Shop.open(.jobWorker, concurrency: 2) { shop in
            await shop.slime.inject(.init(.slow(.seconds(4)), transactionID: "OLD-1"))
            for number in 1...3 { try await shop.sell("OLD-\(number)") }
            // All three are backlog by the time that a call is free for them.
            shop.time.advance(by: 10)
            let live = try await shop.sell("LIVE")
            let view = try await shop.sales.sale(live, reaching: .registered, within: .seconds(60))
            #expect(view.registrationState == .ready)
            #expect(try await shop.sales.sale(TransactionID("OLD-1") ?? live).registrationState == .pending)
            await shop.slime.clearFaults()
        }
    }

    @Test("a till's sale overtakes those of the spool that wait for a call already")
    func overtakesSpool() async throws {
        try await Shop.open(.jobWorker, concurrency: 2) { shop in
            await shop.slime.inject(.init(.slow(.milliseconds(100))))
            for number in 1...30 { try await shop.sell("SPOOL-\(number)", from: .spool) }
            let live = try await shop.sell("LIVE")
            let before = await shop.slime.transactions().count
            let view = try await shop.sales.sale(live, reaching: .registered, within: .seconds(60))
            #expect(view.registrationState == .ready)
            // Itself, those whose calls were under way, and those that came after them beside its own calls.
            #expect(await shop.slime.transactions().count - before < 8)
            await shop.slime.clearFaults()
        }
    }

    /// So many attempts have come to nothing, and none is under way.
    private func hasFailed(_ view: SaleView, times: Int) -> Bool {
        view.record.registration.attempts == times && !view.record.registration.machine.hasOpenAttempt
    }

    @Test("a link that comes after the paper is printed by itself, once")
    func lateSlip() async throws {
        try await Shop.open { shop in
            await shop.slime.inject(.init(.unavailable(status: 503)))
            let id = try await shop.sell("A")
            _ = try await shop.sale(id) { $0.record.registration.lastError != nil }
            shop.time.advance(by: 3.5)
            _ = try await shop.sale(id) { $0.record.original?.machine.state == .printed && hasFailed($0, times: 2) }
            await shop.slime.clearFaults()
            shop.time.advance(by: 60)
            let view = try await shop.sale(id) { view in
                view.record.prints.contains { $0.machine.kind == .qrSlip && $0.machine.state == .printed }
            }
            #expect(view.record.prints.map(\.machine.kind) == [.receipt, .qrSlip])
            #expect(view.record.prints.map(\.withQR) == [false, true])
            #expect(view.record.prints.map(\.machine.state) == [.printed, .printed])
            #expect(await shop.printer.papers().count == 2)
        }
    }

    @Test("a slip that waited until the customer had gone is not printed")
    func expired() async throws {
        try await Shop.open { shop in
            await shop.slime.inject(.init(.unavailable(status: 503)))
            let id = try await shop.sell("A")
            _ = try await shop.sale(id) { $0.record.registration.lastError != nil }
            shop.time.advance(by: 3.5)
            _ = try await shop.sale(id) { $0.record.original?.machine.state == .printed && hasFailed($0, times: 2) }
            await shop.printer.set(.paperOut)
            await shop.slime.clearFaults()
            shop.time.advance(by: 60)
            // The printer refused it, so it waits.
            _ = try await shop.sale(id) { $0.record.prints.last?.machine.error != nil }
            await shop.printer.set(.ready)
            shop.time.advance(by: 120)
            let view = try await shop.sale(id) { $0.record.prints.last?.machine.state == .cancelled }
            #expect(view.record.prints.map(\.machine.kind) == [.receipt, .qrSlip])
            #expect(await shop.printer.papers().count == 1)
        }
    }

    @Test("an outage is known before the next customer comes, and so is its end")
    func healthCheck() async throws {
        try await Shop.open(.jobWorker, healthCheckInterval: .seconds(45)) { shop in
            await shop.slime.inject(.init(.unavailable(status: 503)))
            try await turn(shop, until: .down)
            await shop.slime.clearFaults()
            try await turn(shop, until: .up)
            #expect(await shop.slime.transactions().isEmpty)
        }
    }

    /// Lets time pass from one waking to the next until the account is known to be so.
    private func turn(_ shop: Shop, until condition: AccountState.Condition) async throws {
        while try await shop.outbox.account(of: .slime).condition != condition {
            try await shop.time.advanceToNextWaking()
        }
    }
}
