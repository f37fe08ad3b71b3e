import Foundation
import Gateway
import Journey
import Outbox
import PrintQueue
import Sales
import Simulators
import TestRuntime
import Testing

/// Papers whose printer stops before or in the middle of them, with and without another to take over.
@Suite(.timeLimit(.minutes(2))) struct PrintWorkerFallbackTests {
    private func isPrinted(_ view: SaleView) -> Bool { view.record.prints.last?.machine.state == .printed }

    @Test("a print that stands still in the middle of its paper says why, and no longer once it goes on")
    func heldUp() async throws {
        try await Shop.open { shop in
            await shop.printer.inject(.paperOutAfter(rows: 200))
            let id = try await shop.sell("A")
            let waiting = try await shop.sale(id) { $0.record.original?.machine.error != nil }
            #expect(waiting.record.original?.machine.state == .printing)
            #expect(waiting.record.original?.machine.error?.contains("out of paper, in the middle") == true)
            // Another reason is news; the same one is not.
            await shop.printer.set(.coverOpen)
            let open = try await shop.sale(id) { $0.record.original?.machine.error?.contains("cover open") == true }
            #expect(open.record.original?.machine.state == .printing)
            await shop.printer.set(.ready)
            let done = try await shop.sale(id, once: isPrinted)
            #expect(done.record.original?.machine.error == nil)
            #expect(done.record.prints.count == 1)
            #expect(await shop.printer.papers().count == 1)
        }
    }

    @Test("a printer that cannot print for long hands its papers to the fallback, unmarked and without the drawer")
    func fallback() async throws {
        try await Shop.open(hasDrawer: true, hasFallback: true) { shop in
            await shop.printer.set(.coverOpen)
            let id = try await shop.sell("A")
            _ = try await shop.sale(id) { $0.record.original?.machine.error != nil }
            // Once past the wait until the printer is asked again, once past what the fallback waits for.
            for _ in 0..<9 { shop.time.advance(by: 2) }
            let view = try await shop.sale(id) { view in
                shop.time.advance(by: 2)
                return isPrinted(view)
            }
            #expect(view.record.prints.map(\.machine.mark) == [.none])
            #expect(view.record.original?.printer == "back")
            #expect(view.record.original?.movedFrom == "front")
            #expect(await shop.printer.papers().isEmpty)
            #expect(await shop.back.papers().map(\.drawerPulses) == [0])
            // A printer that is well again takes the next paper.
            await shop.printer.set(.ready)
            let next = try await shop.sell("B")
            #expect(try await shop.sale(next, once: isPrinted).record.original?.printer == "front")
        }
    }

    @Test("a printer that runs out in the middle becomes uncertain, and the fallback's paper is marked")
    func fallbackInTheMiddle() async throws {
        try await Shop.open(hasFallback: true) { shop in
            await shop.printer.inject(.paperOutAfter(rows: 200))
            let id = try await shop.sell("A")
            // The printer is asked every second of real time how it is.
            while shop.board.entry("front")?.state != .unable { await Task.yield() }
            shop.time.advance(by: 16)
            let view = try await shop.sale(id) { $0.record.prints.count == 2 && isPrinted($0) }
            #expect(view.record.prints.map(\.machine.state) == [.uncertain, .printed])
            #expect(view.record.prints.map(\.machine.mark) == [.none, .reprint])
            #expect(view.record.prints.map(\.printer) == ["front", "back"])
        }
    }

    @Test("the papers behind one that the fallback took over do not wait for it as long again")
    func fallbackForThoseBehind() async throws {
        try await Shop.open(hasFallback: true) { shop in
            await shop.printer.inject(.paperOutAfter(rows: 200))
            let first = try await shop.sell("A")
            while shop.board.entry("front")?.state != .unable { await Task.yield() }
            let second = try await shop.sell("C")
            shop.time.advance(by: 16)
            _ = try await shop.sale(first) { $0.record.prints.count == 2 && isPrinted($0) }
            // Not advanced again: the printer was unable for long enough.
            let behind = try await shop.sale(second, once: isPrinted)
            #expect(behind.record.original?.printer == "back")
            #expect(behind.record.prints.map(\.machine.mark) == [.none])
        }
    }
}
