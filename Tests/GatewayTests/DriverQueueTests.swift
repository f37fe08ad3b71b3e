import Foundation
import Gateway
import Journey
import Monitoring
import Outbox
import PrintQueue
import Printing
import TestPrintServer
import Testing

/// A sale's papers through a print server whose queue has a driver, up to what the driver's printer is sent.
@Suite(.timeLimit(.minutes(2))) struct DriverQueueTests {
    private func withQueue(
        _ driver: RollDriver = RollDriver(), hasDrawer: Bool = false, log: LogCollector = LogCollector(),
        _ body: (Shop, DocumentSink) async throws -> Void
    ) async throws {
        let sink = try await DocumentSink()
        let cups = try await PrivateCUPS(printerPort: sink.port)
        do {
            try await cups.addQueue("roll", driver, printerPort: sink.port)
            try await Shop.open(
                hasDrawer: hasDrawer, front: .cups(queue: "roll", server: cups.server), logger: log.logger()
            ) { shop in try await body(shop, sink) }
        } catch {
            Issue.record("\(error)\n\(cups.log.suffix(3_000))")
        }
        await cups.stop()
        await sink.close()
    }

    private func isPrinted(_ view: SaleView) -> Bool { view.record.prints.last?.machine.state == .printed }

    @Test("the receipt comes out as a PDF page of its own size, its Thai as text and its QR readable")
    func receipt() async throws {
        try await withQueue { shop, sink in
            let id = try await shop.sell("A")
            let view = try await shop.sale(id, once: isPrinted)
            #expect(view.record.original?.machine.confirmedBy == .cups)
            #expect(view.record.original?.withQR == true)
            let pdf = KeptPDF(await sink.document(1))
            let text = try await pdf.text()
            for part in ["ใบกำกับภาษีอย่างย่อ", "ข้าวโพดปิ้ง", "120.00"] { #expect(text.contains(part), "\(part) in \(text)") }
            #expect(try await pdf.qr() == view.record.registration.link)
            let page = try await pdf.pages()
            #expect(page.count == 1)
            // 80 mm, less the fraction of a point that the server drops.
            #expect(abs(page.width - 80 * 72 / 25.4) < 1)
            #expect(page.height > page.width && page.height < 200 * 72 / 25.4)
        }
    }

    @Test("a driver that prints dots is given them unscaled, so that the QR is still read from them")
    func dots() async throws {
        try await withQueue(RollDriver(.dots)) { shop, sink in
            let view = try await shop.sale(try await shop.sell("A"), once: isPrinted)
            let pdf = KeptPDF(await sink.document(1))
            #expect(try await pdf.qr() == view.record.registration.link)
            let page = try await pdf.pages()
            #expect(page.count == 1)
            #expect(abs(page.width - 80 * 72 / 25.4) < 1)
        }
    }

    @Test("on a queue of named sizes a receipt stands at the top of the next longer page, and goes on where none is")
    func namedSizes() async throws {
        let driver = RollDriver(sizes: [(80, 60), (80, 300)], takesAnySize: false)
        try await withQueue(driver) { shop, sink in
            let view = try await shop.sale(try await shop.sell("A"), once: isPrinted)
            let pdf = KeptPDF(await sink.document(1))
            let page = try await pdf.pages()
            #expect(page.count == 1)
            #expect(abs(page.height - 300 * 72 / 25.4) < 1)
            #expect(try await pdf.qr() == view.record.registration.link)
            let name = try #require(try await pdf.place(of: "ร้านตัวอย่าง"))
            #expect(name.y < 40)
        }
        try await withQueue(RollDriver(sizes: [(80, 60)], takesAnySize: false)) { shop, sink in
            _ = try await shop.sale(try await shop.sell("A"), once: isPrinted)
            let pdf = KeptPDF(await sink.document(1))
            let page = try await pdf.pages()
            #expect(page.count > 1)
            #expect(abs(page.height - 60 * 72 / 25.4) < 1)
            #expect(try await pdf.text().contains("ข้าวโพดปิ้ง"))
        }
    }

    @Test("copies and the test page come out the same way")
    func others() async throws {
        try await withQueue { shop, sink in
            let id = try await shop.sell("A")
            _ = try await shop.sale(id, once: isPrinted)
            _ = try await shop.sales.reprint(id, kind: .copy, on: nil)
            _ = try await shop.sale(id) { $0.record.prints.count == 2 && isPrinted($0) }
            #expect(try await KeptPDF(await sink.document(2)).text().contains("COPY 1"))
            _ = try await shop.sales.reprint(id, kind: .qrSlip, on: nil)
            let view = try await shop.sale(id) { $0.record.prints.count == 3 && isPrinted($0) }
            #expect(try await KeptPDF(await sink.document(3)).qr() == view.record.registration.link)
            let page = try await shop.printers.perform(.testPage, on: "front")
            #expect(page.condition.state == .ready)
            #expect(try await KeptPDF(await sink.document(4)).text().contains("front"))
        }
    }

    @Test("the drawer cannot be opened there: staff are told, the log says it once, and papers come out all the same")
    func drawer() async throws {
        let log = LogCollector()
        try await withQueue(hasDrawer: true, log: log) { shop, sink in
            let refusal = await #expect(throws: OperationError.self) {
                try await shop.printers.perform(.openDrawer, on: "front")
            }
            guard case .wrongState(let reason) = refusal else {
                Issue.record("refused as \(String(describing: refusal))")
                return
            }
            #expect(reason.contains("drawer") && reason.contains("raw queue"))
            #expect(try await shop.printers.perform(.look, on: "front").condition.state == .ready)
            for id in ["A", "B"] { _ = try await shop.sale(try await shop.sell(id), once: isPrinted) }
            _ = await sink.document(2)
            #expect(sink.documents.count == 2)
            #expect(log.lines.count { $0.hasPrefix("warning drawer not opened") } == 1, "\(log.lines)")
        }
    }

    @Test("a queue whose paper is too narrow keeps the paper waiting and says what to change")
    func tooNarrow() async throws {
        try await withQueue(RollDriver(sizes: [(58, 297)], takesAnySize: false)) { shop, sink in
            let id = try await shop.sell("A")
            let view = try await shop.sale(id) { $0.record.original?.machine.error != nil }
            #expect(view.record.original?.machine.state == .queued)
            #expect(view.record.original?.machine.error?.contains("58mm") == true)
            #expect(shop.board.entry("front")?.state == .unable)
            #expect(sink.documents.isEmpty)
        }
    }
}
