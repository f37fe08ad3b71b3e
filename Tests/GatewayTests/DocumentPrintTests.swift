import Foundation
import Gateway
import Journey
import Monitoring
import Outbox
import PrintQueue
import Printing
import Sales
import TestPrintServer
import TestRuntime
import Testing

/// A provider's document on A4, through a print server whose queue has a driver.
@Suite(.timeLimit(.minutes(2))) struct DocumentPrintTests {
    /// A page of A4 with a line of text (PDF 1.4, ISO 32000-1, 7.5).
    private static let invoice: [UInt8] = {
        let content = "BT /F1 18 Tf 72 760 Td (FULL INVOICE 0001) Tj ET"
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                + " /Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        var out = Array("%PDF-1.4\n".utf8)
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(out.count)
            out += "\(index + 1) 0 obj\n\(object)\nendobj\n".utf8
        }
        let start = out.count
        out += "xref\n0 \(offsets.count + 1)\n0000000000 65535 f \n".utf8
        for offset in offsets {
            let text = String(offset)
            out += "\(String(repeating: "0", count: 10 - text.count))\(text) 00000 n \n".utf8
        }
        out += "trailer\n<< /Size \(offsets.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n".utf8
        return out
    }()

    private func withQueue(
        _ queue: String = "office", log: LogCollector = LogCollector(),
        _ body: (Shop, DocumentSink, PrivateCUPS) async throws -> Void
    ) async throws {
        let sink = try await DocumentSink()
        let cups = try await PrivateCUPS(printerPort: sink.port)
        do {
            try await cups.addQueue(
                "office", RollDriver(sizes: [(210, 297), (148, 210)], takesAnySize: false), printerPort: sink.port)
            try await Shop.open(
                front: .cups(queue: queue, server: cups.server), printsDocuments: true, logger: log.logger()
            ) { shop in
                try await body(shop, sink, cups)
            }
        } catch {
            Issue.record("\(error)\n\(cups.log.suffix(3_000))")
        }
        await cups.stop()
        await sink.close()
    }

    private func ask(_ shop: Shop) async throws -> TransactionID {
        let id = try await shop.sell("A", extra: #","receipt":{"print":false}"#)
        _ = try await shop.outbox.printDocument(
            try #require(DocumentID("A-D1")), of: id, pdf: Self.invoice, on: "front", at: shop.time.now)
        return id
    }

    private func print(
        of id: TransactionID, in shop: Shop, once isDone: (DocumentPrint) -> Bool
    ) async throws -> DocumentPrint {
        let ticks = shop.outbox.changes.ticks(of: .sale(id))
        var print = try #require(try await shop.outbox.documentPrints(of: id).last)
        if isDone(print) { return print }
        for await _ in ticks {
            print = try #require(try await shop.outbox.documentPrints(of: id).last)
            if isDone(print) { break }
        }
        return print
    }

    @Test("it comes out as it is, a whole page of A4, and the print server says so")
    func page() async throws {
        try await withQueue { shop, sink, _ in
            let id = try await ask(shop)
            let printed = try await print(of: id, in: shop) { $0.machine.finishedAt != nil }
            #expect(printed.machine.state == .printed && printed.machine.confirmedBy == .cups)
            let pdf = KeptPDF(await sink.document(1))
            #expect(try await pdf.text().contains("FULL INVOICE 0001"))
            let page = try await pdf.pages()
            #expect(page.count == 1 && abs(page.width - 595) < 2 && abs(page.height - 842) < 2)
            #expect(try await shop.sales.sale(id).record.prints.isEmpty)
        }
    }

    @Test("a queue without a driver takes no pages: it fails for good, and says why")
    func rawQueue() async throws {
        try await withQueue("front") { shop, sink, _ in
            let id = try await ask(shop)
            let failed = try await print(of: id, in: shop) { $0.machine.finishedAt != nil }
            #expect(failed.machine.state == .failed && failed.machine.error?.contains("driver") == true)
            #expect(sink.documents.isEmpty)
            #expect(try await shop.outbox.figures().failedPrints.map(\.documents) == [1])
            let text = await shop.metrics.text()
            #expect(text.contains(#"kamkap_prints_total{kind="document",outcome="failed",printer="front"} 1"#))
            #expect(text.contains(#"kamkap_prints_total{kind="document",outcome="uncertain",printer="front"} 0"#))
            #expect(!text.contains(#"kind="document",outcome="failed",printer="back""#))
        }
    }

    @Test("a printer that is gone in the middle holds it up with the reason, and it comes out once the printer is back")
    func heldUp() async throws {
        try await withQueue { shop, sink, cups in
            await sink.close()
            let id = try await ask(shop)
            let held = try await print(of: id, in: shop) { $0.machine.state == .printing && $0.machine.error != nil }
            #expect(held.machine.error?.contains("offline, in the middle of the paper") == true)
            #expect(shop.board.entry("front")?.state == .unable)
            let back = try await DocumentSink(port: sink.port)
            let printed = try await print(of: id, in: shop) { $0.machine.finishedAt != nil }
            #expect(printed.machine.state == .printed && printed.machine.error == nil)
            #expect(try await KeptPDF(await back.document(1)).text().contains("FULL INVOICE"))
            await back.close()
        }
    }

    @Test(
        "a queue that is stopped keeps it waiting with the reason, told once, and it comes out once the queue goes on")
    func stopped() async throws {
        let log = LogCollector()
        try await withQueue(log: log) { shop, sink, cups in
            let (reader, _) = try #require(shop.publisher.reader())
            try await cups.run("/usr/sbin/cupsdisable", "-h", cups.server, "office")
            let id = try await ask(shop)
            let waiting = try await print(of: id, in: shop) { $0.machine.error != nil && $0.machine.state == .queued }
            #expect(waiting.machine.error?.contains("cupsenable") == true)
            // It is tried again and again, and less and less often.
            let begin = shop.time.now
            for pause in [2.0, 4, 8, 16, 30, 30] {
                let before = shop.time.now
                try await shop.time.advanceToNextWaking()
                #expect(shop.time.now.timeIntervalSince(before) == pause)
            }
            #expect(shop.time.now.timeIntervalSince(begin) == 90)
            try await cups.run("/usr/sbin/cupsenable", "-h", cups.server, "office")
            let printed = try await shop.time.turning {
                try await print(of: id, in: shop) { $0.machine.finishedAt != nil }
            }
            #expect(printed.machine.state == .printed)
            #expect(try await KeptPDF(await sink.document(1)).text().contains("FULL INVOICE"))
            reader.end()
            var told: [PrintMachine.State] = []
            for await case .event(_, .documentPrint(let print)) in reader { told.append(print.machine.state) }
            // While it prints, cupsd may say for a moment more that the queue is stopped: that is told as well.
            #expect(told.filter { $0 != .printing } == [.queued, .queued, .printed])
            #expect(told.dropFirst(2).dropLast().allSatisfy { $0 == .printing } && told.contains(.printing))
            #expect(log.lines.count { $0.hasPrefix("warning printer offline, document waits") } == 1)
        }
    }
}
