import Printing
import TestPrintServer
import Testing

/// Queues that print through a driver: a real print server and its filters, and what comes out at their end.
@Suite(.timeLimit(.minutes(1))) struct CUPSDriverQueueTests {
    private func withServer(_ body: (PrivateCUPS, DocumentSink) async throws -> Void) async throws {
        let sink = try await DocumentSink()
        let cups = try await PrivateCUPS(printerPort: sink.port)
        do {
            try await body(cups, sink)
        } catch {
            Issue.record("\(error)\n\(cups.log.suffix(3_000))")
        }
        await cups.stop()
        await sink.close()
    }

    private func printer(_ queue: String, _ cups: PrivateCUPS) -> Printer {
        var timeouts = PrinterTimeouts()
        timeouts.poll = .milliseconds(50)
        return Printer(name: queue, device: .cups(queue: queue, server: cups.server), timeouts: timeouts)
    }

    /// Prints a page that a receipt of this size would have; the page's size.
    @discardableResult
    private func print(_ receipt: PageSize, on printer: Printer) async throws -> PageSize {
        let session = try await printer.open()
        do {
            guard case .pdf(let sizes) = session.format else { throw WrongFormat() }
            let page = try #require(sizes.page(for: receipt, printedWidth: 7_200))
            await session.announce(page)
            try await session.send(SmallPDF.page(width: page.width, length: page.length))
            #expect(await !session.hasTakenBytes, "the server keeps the job until it is whole")
            #expect(try await session.complete() == .cups)
            await session.close()
            return page
        } catch {
            await session.close()
            throw error
        }
    }

    private struct WrongFormat: Error {}

    /// As large as its page, and what stands in its corners is still there: nothing was scaled, turned or moved.
    private func expect(_ document: [UInt8], isLike page: PageSize) async throws {
        let pdf = KeptPDF(document)
        let found = try await pdf.pages()
        #expect(found.count == 1)
        // The server drops fractions of a point.
        #expect(abs(found.width - SmallPDF.points(page.width)) < 1)
        #expect(abs(found.height - SmallPDF.points(page.length)) < 1)
        let head = try #require(try await pdf.place(of: "HEAD"))
        let foot = try #require(try await pdf.place(of: "FOOT"))
        #expect(abs(head.x - 12) < 1 && abs(foot.x - 12) < 1)
        #expect(head.y < 8)
        #expect(abs(foot.y - head.y - (SmallPDF.points(page.length) - 18)) < 0.1)
    }

    @Test("a queue says whether it is raw") func formats() async throws {
        try await withServer { cups, sink in
            try await cups.addQueue("driver", RollDriver(), printerPort: sink.port)
            try await cups.addQueue("everywhere", everywhereTo: "driver")
            // Passed on to another server as it is.
            try await cups.run(
                "/usr/sbin/lpadmin", "-h", cups.server, "-p", "passing", "-E", "-v",
                "ipp://\(cups.server)/printers/driver")
            for (queue, isRaw) in [("front", true), ("passing", true), ("driver", false), ("everywhere", false)] {
                let session = try await printer(queue, cups).open()
                #expect((session.format == .escpos) == isRaw, "\(queue)")
                await session.close()
            }
            #expect(try await cups.run("/usr/bin/lpstat", "-o").isEmpty)
        }
    }

    @Test("a receipt comes out on a page of its own size, through a driver and through IPP Everywhere")
    func ownSize() async throws {
        try await withServer { cups, sink in
            try await cups.addQueue("driver", RollDriver(), printerPort: sink.port)
            try await cups.addQueue("everywhere", everywhereTo: "driver")
            var number = 0
            for queue in ["driver", "everywhere"] {
                // Higher than wide, and, as a QR slip may be, wider than high.
                for length in [12_350, 5_025] {
                    let page = try await print(PageSize(width: 8_000, length: length), on: printer(queue, cups))
                    #expect((length...length + 36).contains(page.length))
                    number += 1
                    try await expect(await sink.document(number), isLike: page)
                }
            }
        }
    }

    @Test("where only named sizes are taken, the page is the next longer one") func namedSize() async throws {
        try await withServer { cups, sink in
            try await cups.addQueue("driver", RollDriver(takesAnySize: false), printerPort: sink.port)
            for (number, length) in [5_025, 24_000].enumerated() {
                let page = try await print(PageSize(width: 8_000, length: length), on: printer("driver", cups))
                #expect(page == PageSize(width: 8_000, length: number == 0 ? 20_000 : 29_700))
                try await expect(await sink.document(number + 1), isLike: page)
            }
        }
    }

    @Test("a driver that takes no PDF says so, and nothing is printed") func noPDF() async throws {
        try await withServer { cups, sink in
            var driver = RollDriver()
            driver.output = .nothing
            try await cups.addQueue("driver", driver, printerPort: sink.port)
            let error = await #expect(throws: PrintingError.self) { try await printer("driver", cups).open() }
            #expect(error?.code == .notReady)
            #expect(error?.message.contains("cups-filters") == true, "\(error?.message ?? "")")
        }
    }

    @Test("a paper that is given up before it is whole never comes out") func givenUpEarly() async throws {
        try await withServer { cups, sink in
            try await cups.addQueue("driver", RollDriver(), printerPort: sink.port)
            let session = try await printer("driver", cups).open()
            await session.announce(PageSize(width: 8_000, length: 20_000))
            try await session.send(Array(SmallPDF.page(width: 8_000, length: 20_000).dropLast(20)))
            await session.close()
            #expect(await !session.hasTakenBytes)
            #expect(try await cups.run("/usr/bin/lpstat", "-o").isEmpty)
            // The queue keeps its order: what was to come out before this one has come out.
            let page = try await print(PageSize(width: 8_000, length: 9_000), on: printer("driver", cups))
            try await expect(await sink.document(1), isLike: page)
            #expect(sink.documents.count == 1)
        }
    }

    @Test("a paper that is given up while its printer is away never comes out") func givenUpLate() async throws {
        try await withServer { cups, _ in
            let port = try PrivateCUPS.freePort()
            try await cups.addQueue("driver", RollDriver(), printerPort: port)
            let printer = printer("driver", cups)
            let printing = Task { try await print(PageSize(width: 8_000, length: 20_000), on: printer) }
            try await cups.untilPrinterIsAway("driver")
            printing.cancel()
            let error = await #expect(throws: PrintingError.self) { try await printing.value }
            #expect(error?.code == .cancelled)
            #expect(try await cups.run("/usr/bin/lpstat", "-o").isEmpty)
            let sink = try await DocumentSink(port: port)
            let page = try await print(PageSize(width: 8_000, length: 9_000), on: printer)
            try await expect(await sink.document(1), isLike: page)
            #expect(sink.documents.count == 1)
            await sink.close()
        }
    }

    @Test("a job that fails in the driver or is cancelled at the server counts as not printed")
    func failed() async throws {
        try await withServer { cups, sink in
            try await cups.addQueue("driver", RollDriver(), printerPort: sink.port)
            let session = try await printer("driver", cups).open()
            try await session.send(Array("%PDF-1.4 and then nothing that a filter could read".utf8))
            let broken = await #expect(throws: PrintingError.self) { try await session.complete() }
            #expect(broken?.code == .jobEnded)
            await session.close()
            #expect(try await cups.run("/usr/bin/lpstat", "-o").isEmpty)
            #expect(sink.documents.isEmpty)

            let away = try PrivateCUPS.freePort()
            try await cups.addQueue("away", RollDriver(), printerPort: away)
            let printer = printer("away", cups)
            let printing = Task { try await print(PageSize(width: 8_000, length: 20_000), on: printer) }
            try await cups.untilPrinterIsAway("away")
            try await cups.run("/usr/bin/cancel", "-a", "away")
            let cancelled = await #expect(throws: PrintingError.self) { try await printing.value }
            #expect(cancelled?.code == .jobEnded)
            #expect(cancelled?.message.contains("cancelled") == true)
        }
    }

    @Test("a stopped queue takes nothing") func stopped() async throws {
        try await withServer { cups, sink in
            try await cups.addQueue("driver", RollDriver(), printerPort: sink.port)
            try await cups.run("/usr/sbin/cupsdisable", "driver")
            let error = await #expect(throws: PrintingError.self) {
                try await print(PageSize(width: 8_000, length: 9_000), on: printer("driver", cups))
            }
            #expect(error?.code == .notReady)
            #expect(try await cups.run("/usr/bin/lpstat", "-o").isEmpty)
        }
    }
}
