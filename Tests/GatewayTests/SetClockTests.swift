import Foundation
import Journey
import Outbox
import Sales
import Simulators
import TestRuntime
import Testing

@testable import Gateway

/// Somebody sets the machine's clock while the gateway runs.
@Suite(.timeLimit(.minutes(2))) struct SetClockTests {
    private func isPrinted(_ view: SaleView) -> Bool { view.record.prints.last?.machine.state == .printed }

    @Test("a waiting paper is neither failed nor put off", arguments: [7.0, -7.0, 52_560, -26_280])
    func waitingPaper(hours: Double) async throws {
        try await Shop.open(.printWorker) { shop in
            await shop.printer.set(.offline)
            let id = try await shop.sell("A")
            shop.time.advance(by: 3)
            _ = try await shop.sale(id) { $0.record.original?.machine.error != nil }
            shop.time.set(by: hours * 3_600)
            shop.time.advance(by: 2)
            await shop.printer.set(.ready)
            shop.time.advance(by: 2)
            let view = try await shop.sale(id, once: isPrinted)
            #expect(view.record.prints.count == 1)
            // What people read is by the clock as it is now.
            #expect(view.record.original?.machine.finishedAt == shop.time.shown.toTheMillisecond)
        }
    }

    @Test("a paper that is too old by elapsed time is failed, whatever the clock says", arguments: [0.0, -7, 7])
    func tooOld(hours: Double) async throws {
        try await Shop.open(.printWorker) { shop in
            await shop.printer.set(.offline)
            let id = try await shop.sell("A")
            shop.time.advance(by: 3)
            _ = try await shop.sale(id) { $0.record.original?.machine.error != nil }
            shop.time.set(by: hours * 3_600)
            shop.time.advance(by: 1_900)
            _ = try await shop.sale(id) { $0.record.original?.machine.state == .failed }
        }
    }

    @Test("a paper waits for its QR no longer because the clock was put back")
    func deadline() async throws {
        try await Shop.open(.printWorker) { shop in
            let id = try await shop.sell("A")
            shop.time.set(by: -7 * 3_600)
            shop.time.advance(by: 3)
            #expect(try await shop.sale(id, once: isPrinted).record.original?.withQR == false)
        }
    }

    @Test("the fallback takes over after the time that it is given, not after a step", arguments: [7.0, -7])
    func fallback(hours: Double) async throws {
        try await Shop.open(.printWorker, hasFallback: true) { shop in
            await shop.printer.set(.offline)
            let id = try await shop.sell("A")
            shop.time.advance(by: 3)
            _ = try await shop.sale(id) { $0.record.original?.machine.error != nil }
            shop.time.set(by: hours * 3_600)
            shop.time.advance(by: 2)
            #expect(try await shop.sales.sale(id).record.original?.printer == "front")
            shop.time.advance(by: 13)
            #expect(try await shop.sale(id, once: isPrinted).record.original?.printer == "back")
        }
    }

    @Test(
        "a registration that backs off is tried when it is due by elapsed time, and says so by the clock as it is now")
    func backoff() async throws {
        try await Shop.open(.jobWorker) { shop in
            await shop.slime.inject(.init(.unavailable(status: 503), times: 2))
            let id = try await shop.sell("A", extra: #","receipt":{"print":false}"#)
            let deferred = try await shop.sale(id) { $0.record.registration.lastError != nil }
            shop.time.set(by: -3_000)
            let view = try await shop.sales.sale(id)
            #expect(view.nextAttemptAt == deferred.nextAttemptAt.map { $0 - 3_000 })
            let begun = shop.time.now
            try await shop.time.turning { _ = try await shop.sale(id) { $0.registrationState == .ready } }
            #expect(shop.time.now.timeIntervalSince(begun) < 60)
        }
    }
}

extension Date {
    /// As a row keeps it.
    fileprivate var toTheMillisecond: Date {
        Date(timeIntervalSince1970: (timeIntervalSince1970 * 1_000).rounded() / 1_000)
    }
}
