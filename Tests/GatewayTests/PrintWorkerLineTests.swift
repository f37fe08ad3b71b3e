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

/// What goes wrong on the line to a printer rather than in it.
@Suite(.timeLimit(.minutes(2))) struct PrintWorkerLineTests {
    private func isPrinted(_ view: SaleView) -> Bool { view.record.prints.last?.machine.state == .printed }

    @Test("a line on which something else talks proves nothing: the entry says so, and the log once")
    func noise() async throws {
        let log = LogBook()
        try await Shop.open(logger: log.logger) { shop in
            await shop.printer.inject(.noise(Array("login: out of paper\r\n".utf8)))
            for id in ["A", "B"] {
                let view = try await shop.sale(shop.sell(id), once: isPrinted)
                #expect(view.record.original?.machine.confirmedBy == .written)
                #expect(view.record.prints.count == 1)
                let entry = try #require(shop.board.entry("front"))
                #expect(entry.state == .unknown)
                #expect(entry.detail?.contains("no printer sends") == true)
                #expect(entry.sensors == nil)
            }
            #expect(log.all.count { $0.text.hasPrefix("printer answers not trusted") } == 1)
            #expect(!log.all.contains { $0.text.contains("out of paper") }, "nothing of it is believed")
            await shop.printer.clearFaults()
            let view = try await shop.sale(shop.sell("C"), once: isPrinted)
            #expect(view.record.original?.machine.confirmedBy == .processID)
            #expect(shop.board.entry("front")?.state == .ready)
            #expect(await shop.printer.papers().count == 3)
        }
    }

    @Test(
        "after a picture that broke off, whatever comes first brings the printer into step: a look, the drawer, a test page",
        arguments: [.look, .openDrawer, .testPage] as [PrinterRequest])
    func request(first: PrinterRequest) async throws {
        try await Shop.open(hasDrawer: true) { shop in
            _ = try await shop.sale(
                shop.sell("BEFORE", extra: #","receipt":{"payments":[{"method":"card","amount":"120"}]}"#),
                once: isPrinted)
            await shop.printer.set(.ready)
            let page = try await shop.printers.perform(.testPage, on: "front")
            #expect(page.condition.state == .ready)
            let papers = await shop.printer.papers()
            // The line breaks in the middle of a test page, which is owed to nobody.
            await shop.printer.inject(.dropAfter(bytes: 6_000))
            await #expect(throws: OperationError.self) { try await shop.printers.perform(.testPage, on: "front") }
            let view = try await shop.printers.perform(first, on: "front")
            #expect(view.condition.state == .ready)
            #expect(await shop.printer.drawerPulses == (first == .openDrawer ? 1 : 0))
            _ = try await shop.printers.perform(.testPage, on: "front")
            #expect(await shop.printer.swallowedBytes == 0)
            let last = try #require(await shop.printer.papers().last)
            #expect(last.bitmap == papers.last?.bitmap)
        }
    }
}
