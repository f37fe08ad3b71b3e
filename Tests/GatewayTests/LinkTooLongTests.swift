import Foundation
import Gateway
import Journey
import Logging
import Outbox
import Sales
import Simulators
import TestRuntime
import Testing

/// On paper of 384 dots a code that phones read takes 367 bytes.
@Suite(.timeLimit(.minutes(2))) struct LinkTooLongTests {
    private static let link = "https://app.example/" + String(repeating: "k", count: 348)

    @Test("a receipt whose link does not fit is printed without the code, says why, and owes no slip")
    func receipt() async throws {
        let log = LogCollector()
        try await Shop.open(dots: 384, logger: log.logger()) { shop in
            await shop.slime.inject(.init(.serviceURL(Self.link), transactionID: "A", times: 1))
            let id = try await shop.sell("A")
            let view = try await shop.sales.sale(id, reaching: .printed, within: .seconds(60))
            let print = try #require(view.record.original)
            #expect(print.machine.state == .printed)
            #expect(!print.withQR)
            let reason = try #require(print.machine.error)
            #expect(reason.contains("368 bytes") && reason.contains("384 dots"))
            #expect(view.record.registration.link == Self.link)
            // Whatever the first sale is owed comes out before the second.
            let next = try await shop.sell("B")
            let second = try await shop.sales.sale(next, reaching: .printed, within: .seconds(60))
            #expect(second.record.original?.withQR == true)
            #expect(second.record.original?.machine.error == nil)
            #expect(try await shop.sales.sale(id).record.prints.count == 1)
            #expect(await shop.printer.papers().count == 2)
        }
        #expect(log.lines.count { $0.contains("paper lacks a part") && $0.contains("368 bytes") } == 1)
        #expect(!log.lines.contains { $0.contains("kkkk") })
    }

    @Test("a slip for a link that came late and does not fit is given up at once, with the reason")
    func lateSlip() async throws {
        try await Shop.open(.printWorker, dots: 384) { shop in
            let id = try await shop.sell("A")
            shop.time.advance(by: 3)
            let bare = try await shop.sale(id) { $0.record.original?.machine.state == .printed }
            try await shop.outbox.apply(
                [.attemptBegan, .begun(), .done(result: Self.link)], toJob: bare.record.registration.job,
                at: shop.time.now)
            let view = try await shop.sale(id) { $0.record.prints.last?.machine.state == .cancelled }
            #expect(view.record.prints.map(\.machine.kind) == [.receipt, .qrSlip])
            #expect(view.record.prints.last?.machine.error?.contains("368 bytes") == true)
        }
    }

    @Test("a slip that staff ask for and that does not fit fails with the reason; a copy comes without the code")
    func askedFor() async throws {
        try await Shop.open(dots: 384) { shop in
            await shop.slime.inject(.init(.serviceURL(Self.link), transactionID: "A", times: 1))
            let id = try await shop.sell("A")
            _ = try await shop.sales.sale(id, reaching: .printed, within: .seconds(60))
            _ = try await shop.sales.reprint(id, kind: .qrSlip, on: nil)
            let slip = try await shop.sale(id) { $0.record.prints.last?.machine.state == .failed }
            #expect(slip.record.prints.last?.machine.error?.contains("368 bytes") == true)
            _ = try await shop.sales.reprint(id, kind: .copy, on: nil)
            let copy = try await shop.sale(id) { $0.record.prints.last?.machine.state == .printed }
            #expect(copy.record.prints.last?.withQR == false)
            #expect(copy.record.prints.last?.machine.error?.contains("368 bytes") == true)
        }
    }
}
