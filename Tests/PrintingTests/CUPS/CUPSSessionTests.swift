import Printing
import Raster
import Simulators
import TestPrintServer
import Testing

/// Through a real print server into somebody else's printer.
@Suite(.timeLimit(.minutes(1))) struct CUPSSessionTests {
    private func withQueue(
        errorPolicy: String = "abort-job",
        _ body: (VirtualPrinter, PrivateCUPS, Printer) async throws -> Void
    ) async throws {
        let machine = VirtualPrinter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await machine.run() }
            let cups = try await PrivateCUPS(printerPort: try await machine.address().port, errorPolicy: errorPolicy)
            var timeouts = PrinterTimeouts()
            timeouts.poll = .milliseconds(50)
            let device = PrinterDevice.cups(queue: "front", server: cups.server)
            do {
                try await body(
                    machine, cups, Printer(name: "front", device: device, timeouts: timeouts))
            } catch {
                Issue.record("\(error)\n\(cups.log.suffix(3_000))")
            }
            await cups.stop()
            group.cancelAll()
        }
    }

    private func picture(_ height: Int, slant: Int) -> Bitmap {
        var picture = Bitmap(width: 576, height: height)
        for y in 0..<height {
            for x in stride(from: (y * slant) % 13, to: 500, by: 13) { picture[x, y] = true }
        }
        return picture
    }

    private func bytes(of picture: Bitmap, for printer: Printer) -> [UInt8] {
        printer.encoder.initialise() + printer.encoder.image(picture) + printer.encoder.cut(.partial)
    }

    private func print(_ picture: Bitmap, on printer: Printer) async throws -> Printing.Confirmation {
        let session = try await printer.open()
        do {
            try await session.send(bytes(of: picture, for: printer))
            let confirmation = try await session.complete()
            await session.close()
            return confirmation
        } catch {
            await session.close()
            throw error
        }
    }

    /// Whatever was to come out before this paper has come out, as the queue keeps its order.
    private func expectNext(_ picture: Bitmap, is number: Int, on printer: Printer, _ machine: VirtualPrinter)
        async throws
    {
        #expect(try await print(picture, on: printer) == .cups)
        let paper = try await machine.paper(atLeast: number)
        #expect(paper.bitmap.rows((paper.bitmap.height - 24 - picture.height)..<(paper.bitmap.height - 24)) == picture)
        #expect(await machine.papers().count == number)
    }

    @Test("a paper goes through a raw queue unchanged, and the server says when it is out") func printed() async throws
    {
        try await withQueue { machine, cups, printer in
            for number in 1...2 {
                let session = try await printer.open()
                #expect(await session.status?.canPrint == true)
                let picture = picture(300, slant: 4 + number)
                // In parts, as a receipt whose claim comes later.
                try await session.send(printer.encoder.initialise() + printer.encoder.image(picture.rows(0..<100)))
                try await session.send(printer.encoder.image(picture.rows(100..<300)))
                try await session.send(printer.encoder.cut(.partial))
                #expect(await !session.hasTakenBytes, "the server keeps the job until it is whole")
                #expect(try await session.complete() == .cups)
                #expect(await session.hasTakenBytes)
                await session.close()
                let paper = try await machine.paper(atLeast: number)
                #expect(paper.bitmap.rows(0..<300) == picture)
            }
            #expect(try await cups.run("/usr/bin/lpstat", "-W", "completed", "-o").split(separator: "\n").count == 2)
            #expect(await machine.unknownCommands.isEmpty)
        }
    }

    @Test("a queue or a server that is not there says so") func absent() async throws {
        try await withQueue { _, cups, _ in
            let noQueue = Printer(name: "x", device: .cups(queue: "nobody", server: cups.server))
            let error = await #expect(throws: PrintingError.self) { try await noQueue.open() }
            #expect(error?.code == .cannotConnect)
            #expect(error?.message.contains("lpstat") == true, "\(error?.message ?? "")")
        }
        let noServer = Printer(name: "x", device: .cups(queue: "front", server: "127.0.0.1:1"))
        let error = await #expect(throws: PrintingError.self) { try await noServer.open() }
        #expect(error?.code == .cannotConnect)
        #expect(error?.message.contains("print server") == true, "\(error?.message ?? "")")
    }

    @Test("a stopped queue takes nothing", arguments: ["/usr/sbin/cupsdisable", "/usr/sbin/cupsreject"])
    func stopped(program: String) async throws {
        try await withQueue { machine, cups, printer in
            try await cups.run(program, "front")
            let session = try await printer.open()
            let error = await #expect(throws: PrintingError.self) { try await session.send([1, 2, 3]) }
            #expect(error?.code == .notReady)
            #expect(error?.message.contains("cups") == true)
            #expect(await !session.hasTakenBytes)
            await session.close()
            #expect(try await cups.run("/usr/bin/lpstat", "-o").isEmpty)
        }
    }

    @Test("a queue that would print a paper twice is refused") func printsTwice() async throws {
        try await withQueue(errorPolicy: "retry-current-job") { _, cups, printer in
            let session = try await printer.open()
            let error = await #expect(throws: PrintingError.self) { try await session.send([1, 2, 3]) }
            #expect(error?.code == .notReady)
            #expect(error?.message.contains("printer-error-policy=abort-job") == true)
            #expect(await !session.hasTakenBytes)
            await session.close()
            #expect(try await cups.run("/usr/bin/lpstat", "-o").isEmpty)
        }
    }

    @Test("a paper that is given up before it is whole never comes out") func givenUpEarly() async throws {
        try await withQueue { machine, cups, printer in
            let session = try await printer.open()
            try await session.send(bytes(of: picture(100, slant: 3), for: printer))
            await session.close()
            #expect(await !session.hasTakenBytes)
            #expect(try await cups.run("/usr/bin/lpstat", "-o").isEmpty)
            try await expectNext(picture(150, slant: 5), is: 1, on: printer, machine)
        }
    }

    @Test("a paper that is given up while its printer is away never comes out") func givenUpLate() async throws {
        try await withQueue { machine, cups, printer in
            await machine.inject(.refuseConnections)
            let late = picture(100, slant: 3)
            let printing = Task { try await print(late, on: printer) }
            try await cups.untilPrinterIsAway()
            printing.cancel()
            let error = await #expect(throws: PrintingError.self) { try await printing.value }
            #expect(error?.code == .cancelled)
            #expect(try await cups.run("/usr/bin/lpstat", "-o").isEmpty)
            await machine.clearFaults()
            try await machine.untilListening()
            try await expectNext(picture(150, slant: 5), is: 1, on: printer, machine)
        }
    }

    @Test(
        "a paper that broke off is not begun anew by the server",
        arguments: ["abort-job", "retry-job", "stop-printer"])
    func brokeOff(errorPolicy: String) async throws {
        try await withQueue(errorPolicy: errorPolicy) { machine, cups, printer in
            await machine.inject(.dropAfter(bytes: 20_000))
            // More than the sockets between hold, so that the back end notices.
            let error = await #expect(throws: PrintingError.self) {
                try await print(picture(50_000, slant: 3), on: printer)
            }
            #expect(error?.code == .jobEnded, "\(error?.message ?? "")")
            #expect(try await cups.run("/usr/bin/lpstat", "-o").isEmpty)
            try await cups.run("/usr/sbin/cupsenable", "front")
            try await expectNext(picture(150, slant: 5), is: 1, on: printer, machine)
        }
    }

    @Test("a job that somebody cancels at the server is not printed") func cancelledThere() async throws {
        try await withQueue { machine, cups, printer in
            await machine.inject(.refuseConnections)
            let late = picture(100, slant: 3)
            let printing = Task { try await print(late, on: printer) }
            try await cups.untilPrinterIsAway()
            try await cups.run("/usr/bin/cancel", "-a", "front")
            let error = await #expect(throws: PrintingError.self) { try await printing.value }
            #expect(error?.code == .jobEnded)
            #expect(error?.message.contains("cancelled") == true)
        }
    }
}
