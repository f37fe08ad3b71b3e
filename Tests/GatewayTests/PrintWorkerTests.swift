import Foundation
import Gateway
import Journey
import Monitoring
import Outbox
import PrintQueue
import Sales
import Simulators
import TestRuntime
import Testing

@Suite(.timeLimit(.minutes(2))) struct PrintWorkerTests {
    private func isPrinted(_ view: SaleView) -> Bool { view.record.prints.last?.machine.state == .printed }

    @Test("the paper carries the QR, and it is known that it came out")
    func withQR() async throws {
        try await Shop.open { shop in
            let id = try await shop.sell("A")
            let view = try await shop.sales.sale(id, reaching: .printed, within: .seconds(60))
            let print = try #require(view.record.original)
            #expect(print.machine.state == .printed)
            #expect(print.machine.confirmedBy == .processID)
            #expect(print.withQR)
            #expect(await shop.printer.papers().count == 1)
        }
    }

    @Test("at the deadline the paper is printed without its QR")
    func withoutQR() async throws {
        try await Shop.open(.printWorker) { shop in
            let id = try await shop.sell("A")
            #expect(try await shop.sales.sale(id).record.original?.machine.state == .queued)
            shop.time.advance(by: 3)
            let view = try await shop.sale(id, once: isPrinted)
            #expect(view.record.original?.withQR == false)
            #expect(view.registrationState == .pending)
        }
    }

    @Test("no paper waits for a link while the account is held")
    func held() async throws {
        let failure = Failure(code: "Fund::InsufficientBalance", message: "top up", at: Date())
        try await Shop.open(.printWorker, held: failure) { shop in
            let id = try await shop.sell("A")
            let view = try await shop.sale(id, once: isPrinted)
            #expect(view.record.original?.withQR == false)
        }
    }

    @Test(
        "a printer that cannot print keeps the paper waiting and goes on by itself",
        arguments: [VirtualPrinter.Condition.paperOut, .coverOpen])
    func notReady(condition: VirtualPrinter.Condition) async throws {
        try await Shop.open { shop in
            await shop.printer.set(condition)
            let id = try await shop.sell("A")
            let waiting = try await shop.sale(id) { $0.record.original?.machine.error != nil }
            #expect(waiting.record.original?.machine.state == .queued)
            await shop.printer.set(.ready)
            shop.time.advance(by: 2)
            let view = try await shop.sale(id, once: isPrinted)
            #expect(view.record.prints.count == 1)
            #expect(view.record.original?.machine.error == nil)
            #expect(await shop.printer.papers().count == 1)
        }
    }

    @Test("a printer that refuses is asked again until it answers")
    func refused() async throws {
        try await Shop.open { shop in
            await shop.printer.inject(.refuseConnections)
            let id = try await shop.sell("A")
            _ = try await shop.sale(id) { $0.record.original?.machine.error != nil }
            await shop.printer.clearFaults()
            try await shop.printer.untilListening()
            shop.time.advance(by: 2)
            #expect(try await shop.sale(id, once: isPrinted).record.prints.count == 1)
        }
    }

    @Test("contact lost in the middle makes the original uncertain, and one marked reprint follows")
    func lostContact() async throws {
        try await Shop.open { shop in
            _ = try await shop.sale(shop.sell("BEFORE"), once: isPrinted)
            await shop.printer.inject(.dropAfter(bytes: 4_000))
            let id = try await shop.sell("A")
            let view = try await shop.sale(id) { $0.record.prints.count == 2 && isPrinted($0) }
            #expect(view.record.prints.map(\.machine.state) == [.uncertain, .printed])
            #expect(view.record.prints[1].machine.mark == .reprint)
            #expect(view.record.prints.count { $0.machine.isUnmarkedOriginal } == 1)
        }
    }

    @Test("a print that could not be begun in time is failed, and staff can still have the original")
    func tooOld() async throws {
        try await Shop.open(.printWorker) { shop in
            await shop.printer.set(.offline)
            let id = try await shop.sell("A")
            shop.time.advance(by: 3)
            _ = try await shop.sale(id) { $0.record.original?.machine.error != nil }
            shop.time.advance(by: 1_900)
            let failed = try await shop.sale(id) { $0.record.original?.machine.state == .failed }
            #expect(failed.record.original?.machine.error?.contains("30 minutes") == true)
            await shop.printer.set(.ready)
            _ = try await shop.sales.reprint(id, kind: .copy, on: nil)
            let view = try await shop.sale(id, once: isPrinted)
            #expect(view.record.prints.map(\.machine.mark) == [.none])
        }
    }

    @Test("the drawer stays shut for a bill that nobody has paid, and opens for cash that was paid on it")
    func drawerOfBill() async throws {
        try await BillgateShop.open(.both, hasDrawer: true) { stage in
            let shop = stage.shop
            let credit = #","due_on":"2026-12-20","buyer":\#(BillgateShop.company)"#
            _ = try await shop.sale(shop.sell("UNPAID", extra: credit), once: isPrinted)
            #expect(await shop.printer.drawerPulses == 0)
            let deposit = #","receipt":{"payments":[{"method":"cash","amount":"20"}]}"#
            _ = try await shop.sale(shop.sell("DEPOSIT", extra: credit + deposit), once: isPrinted)
            #expect(await shop.printer.papers().map(\.drawerPulses) == [0, 1])
        }
    }

    @Test("the drawer opens for cash before the original, and not for a copy or a card")
    func drawer() async throws {
        try await Shop.open(hasDrawer: true) { shop in
            let cash = try await shop.sell("CASH")
            _ = try await shop.sale(cash, once: isPrinted)
            #expect(await shop.printer.drawerPulses == 1)
            _ = try await shop.sales.reprint(cash, kind: .copy, on: nil)
            _ = try await shop.sale(cash) { $0.record.prints.count == 2 && isPrinted($0) }
            let card = try await shop.sell(
                "CARD", extra: #","receipt":{"payments":[{"method":"card","amount":"120"}]}"#)
            _ = try await shop.sale(card, once: isPrinted)
            #expect(await shop.printer.drawerPulses == 1)
            #expect(await shop.printer.papers().map(\.drawerPulses) == [1, 0, 0])
        }
    }

    @Test("a sale that is not to be printed brings no paper")
    func noPaper() async throws {
        try await Shop.open { shop in
            let id = try await shop.sell("A", extra: #","receipt":{"print":false}"#)
            let view = try await shop.sales.sale(id, reaching: .registered, within: .seconds(60))
            #expect(view.record.prints.isEmpty)
            let next = try await shop.sell("B")
            _ = try await shop.sale(next, once: isPrinted)
            #expect(await shop.printer.papers().count == 1)
        }
    }

    @Test("staff hear how each printer is, and can have a test page and the drawer opened")
    func requests() async throws {
        try await Shop.open(hasDrawer: true) { shop in
            #expect(try await shop.printers.list().map(\.condition.state) == [.ready, .ready])
            _ = try await shop.printers.perform(.openDrawer, on: "front")
            try await shop.printer.waitForBytes(atLeast: 1)
            let page = try await shop.printers.perform(.testPage, on: "back")
            #expect(page.condition.state == .ready)
            #expect(await shop.back.papers().map(\.cut) == [.full, .partial], "both cuts are shown")
            await shop.printer.set(.paperOut)
            let entry = try #require(try await shop.printers.list().first?.condition)
            #expect(entry.state == .unable)
            #expect(entry.detail?.contains("paper") == true)
            await #expect(throws: OperationError.self) { try await shop.printers.perform(.look, on: "attic") }
        }
    }

    @Test("a queued print can be cancelled, a printed one cannot")
    func cancelled() async throws {
        try await Shop.open(.nobody) { shop in
            let id = try await shop.sell("A")
            #expect(try await shop.sales.cancelPrint(1, of: id).machine.state == .cancelled)
            await #expect(throws: OperationError.self) { try await shop.sales.cancelPrint(1, of: id) }
            await #expect(throws: OperationError.self) { try await shop.sales.cancelPrint(2, of: id) }
        }
    }
}
