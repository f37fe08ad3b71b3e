import Printing
import Raster
import Simulators
import Testing

/// Against somebody else's printer, which draws what it understood.
@Suite(.timeLimit(.minutes(1))) struct PrintSessionTests {
    /// Runs a printer for the length of a test.
    private func withPrinter(
        _ change: (inout VirtualPrinter.Configuration) -> Void = { _ in },
        observer: (@Sendable (PrinterStatus) -> Void)? = nil,
        _ body: (VirtualPrinter, Printer) async throws -> Void
    ) async throws {
        var configuration = VirtualPrinter.Configuration()
        change(&configuration)
        let machine = VirtualPrinter(configuration: configuration)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await machine.run() }
            let address = try await machine.address()
            var timeouts = PrinterTimeouts()
            timeouts.probe = configuration.answers.contains(.realTimeStatus) ? .seconds(20) : .milliseconds(200)
            timeouts.knownProbe = .seconds(20)
            timeouts.grace = configuration.answers.contains(.processID) ? .seconds(5) : .milliseconds(200)
            timeouts.poll = .milliseconds(50)
            timeouts.stall = .seconds(2)
            let device = PrinterDevice.tcp(host: address.host, port: address.port)
            try await body(machine, Printer(name: "front", device: device, timeouts: timeouts, observer: observer))
            group.cancelAll()
        }
    }

    /// Text-like ink with blank stretches in it.
    private let picture: Bitmap = {
        var picture = Bitmap(width: 576, height: 700)
        for y in 0..<700 where (y / 50) % 3 != 2 {
            for x in stride(from: (y * 7) % 13, to: 20 + y % 500, by: 13) { picture[x, y] = true }
        }
        return picture
    }()

    private func paper(_ picture: Bitmap, for printer: Printer) -> [UInt8] {
        printer.encoder.initialise() + printer.encoder.image(picture) + printer.encoder.cut(.partial)
    }

    private func isDrawn(_ picture: Bitmap, on paper: VirtualPrinter.Paper) -> Bool {
        paper.bitmap.rows(0..<picture.height) == picture
    }

    @Test("what is printed is what was drawn, and its process ID comes back") func printed() async throws {
        try await withPrinter { machine, printer in
            for number in 1...3 {
                let session = try await printer.open()
                #expect(await session.status?.canPrint == true)
                try await session.send(paper(picture, for: printer))
                #expect(try await session.complete() == .processID)
                await session.close()
                #expect(isDrawn(picture, on: try await machine.paper(atLeast: number)))
            }
            #expect(await machine.unknownCommands.isEmpty)
        }
    }

    @Test("body, claim and tail sent one after the other make one paper") func parts() async throws {
        try await withPrinter { machine, printer in
            let session = try await printer.open()
            try await session.send(printer.encoder.initialise() + printer.encoder.openDrawer())
            for part in [picture.rows(0..<300), picture.rows(300..<431), picture.rows(431..<700)] {
                try await session.send(printer.encoder.image(part))
            }
            try await session.send(printer.encoder.cut(.full))
            #expect(try await session.complete() == .processID)
            await session.close()
            let paper = try await machine.paper(atLeast: 1)
            #expect(isDrawn(picture, on: paper))
            #expect(paper.cut == .full)
            #expect(paper.drawerPulses == 1)
        }
    }

    @Test(
        "the best proof that the printer answers is taken",
        arguments: [
            ([.processID, .queuedStatus, .realTimeStatus, .automaticStatusBack], .processID),
            ([.queuedStatus, .realTimeStatus], .status),
            ([.realTimeStatus], .status),
            ([.processID, .automaticStatusBack], .processID),
            ([], .written),
        ] as [(Set<VirtualPrinter.Answer>, Printing.Confirmation)])
    func proofs(answers: Set<VirtualPrinter.Answer>, proof: Printing.Confirmation) async throws {
        try await withPrinter {
            $0.answers = answers
        } _: { machine, printer in
            for number in 1...2 {
                let session = try await printer.open()
                try await session.send(paper(picture.rows(0..<100), for: printer))
                #expect(try await session.complete() == proof)
                await session.close()
                #expect(isDrawn(picture.rows(0..<100), on: try await machine.paper(atLeast: number)))
            }
        }
    }

    @Test("paper that runs out in the middle is waited for, and one paper comes out") func paperOut() async throws {
        let (statuses, noticed) = AsyncStream.makeStream(of: PrinterStatus.self)
        try await withPrinter(observer: { noticed.yield($0) }) { machine, printer in
            await machine.inject(.paperOutAfter(rows: 200))
            let session = try await printer.open()
            async let confirmation = {
                try await session.send(paper(picture, for: printer))
                return try await session.complete()
            }()
            for await status in statuses where status.faults.contains(.paperEnd) { break }
            #expect(await machine.papers().isEmpty)
            await machine.set(.ready)
            #expect(try await confirmation == .processID)
            await session.close()
            #expect(await machine.papers().count == 1)
            #expect(isDrawn(picture, on: try await machine.paper(atLeast: 1)))
        }
    }

    @Test("a printer without paper whose buffer is full is waited for") func fullBuffer() async throws {
        let (statuses, noticed) = AsyncStream.makeStream(of: PrinterStatus.self)
        var tall = Bitmap(width: 576, height: 0)
        for _ in 0..<40 { tall.append(picture) }
        try await withPrinter(observer: { noticed.yield($0) }) { [tall] machine, printer in
            await machine.inject(.paperOutAfter(rows: 200))
            let session = try await printer.open()
            async let confirmation = {
                try await session.send(paper(tall, for: printer))
                return try await session.complete()
            }()
            for await status in statuses where status.faults.contains(.paperEnd) { break }
            await machine.set(.ready)
            #expect(try await confirmation == .processID)
            await session.close()
            #expect(isDrawn(tall, on: try await machine.paper(atLeast: 1)))
        }
    }

    @Test(
        "a printer that cannot print takes no byte",
        arguments: [.paperOut, .coverOpen, .cutterError, .offline] as [VirtualPrinter.Condition])
    func notReady(condition: VirtualPrinter.Condition) async throws {
        try await withPrinter { machine, printer in
            await machine.set(condition)
            let session = try await printer.open()
            let error = await #expect(throws: PrintingError.self) {
                try await session.send(paper(picture, for: printer))
            }
            #expect(error?.code == .notReady)
            #expect(await !session.hasTakenBytes)
            await session.close()
            #expect(await machine.uncutPaper.height == 0)
        }
    }

    @Test("paper that is nearly out prints, and is told of") func nearEnd() async throws {
        try await withPrinter { machine, printer in
            await machine.set(.paperNearEnd)
            let session = try await printer.open()
            #expect(await session.status == PrinterStatus(.paperNearEnd))
            try await session.send(paper(picture, for: printer))
            #expect(try await session.complete() == .processID)
            await session.close()
        }
    }

    @Test("a connection dropped in the middle is lost, and bytes may have been taken") func dropped() async throws {
        try await withPrinter { machine, printer in
            await (try await printer.open()).close()
            await machine.inject(.dropAfter(bytes: 3_000))
            let session = try await printer.open()
            let error = await #expect(throws: PrintingError.self) {
                try await session.send(paper(picture, for: printer))
                _ = try await session.complete()
            }
            #expect(error?.code == .connectionLost)
            #expect(await session.hasTakenBytes)
            await session.close()
        }
    }
}
