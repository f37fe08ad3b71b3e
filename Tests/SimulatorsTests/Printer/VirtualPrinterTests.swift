import Foundation
import Raster
import Testing

@testable import Simulators

/// The printer over a real socket.
@Suite(.timeLimit(.minutes(1)))
struct VirtualPrinterTests {
    @Test(
        "each cut gives a paper: as PNG, with its bytes and the drawer's heartbeats, there before the process ID says so"
    )
    func papers() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let pictures = [pattern(width: 576, height: 300), pattern(width: 576, height: 50, seed: 9)]
        try await withPrinter({ $0.directory = directory }) { printer, port async throws in
            let line = try await Dialler.connect(port: port)
            let first = Escpos.initialise + Escpos.pulse + Escpos.raster(pictures[0]) + Escpos.cut
            try await line.send(first + Escpos.processID("0001"))
            #expect(try await line.hear(7) == Escpos.answer(toProcessID: "0001"))
            let papers = await printer.papers()
            #expect(papers.map(\.bitmap) == [pictures[0]])
            #expect(papers.map(\.byteCount) == [first.count])
            #expect(papers.map(\.drawerPulses) == [1])
            #expect(papers.map(\.cut) == [.partial])
            let file = try #require(papers.first?.file)
            #expect(file.lastPathComponent == "0001.png")
            #expect(try Bitmap(png: Array(Data(contentsOf: file)), maximumDots: 1_000_000) == pictures[0])
            try await line.send(Escpos.raster(pictures[1]) + [0x1D, 0x56, 0])
            let second = try await printer.paper(atLeast: 2)
            #expect(second.bitmap == pictures[1])
            #expect(second.index == 2 && second.cut == .full && second.drawerPulses == 0)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() == [
                    "0001.png", "0002.png",
                ])
        }
    }

    @Test("what is not cut stays in the machine when the connection ends, and the next connection goes on below")
    func uncut() async throws {
        let picture = pattern(width: 576, height: 20)
        try await withPrinter { printer, port async throws in
            let first = try await Dialler.connect(port: port)
            try await first.send(Escpos.raster(picture))
            try await printer.waitForBytes(atLeast: picture.bytes.count + 8)
            #expect(await printer.uncutPaper == picture)
            try await first.close()
            let second = try await Dialler.connect(port: port)
            try await second.send(Escpos.raster(picture) + Escpos.cut)
            var both = picture
            both.append(picture)
            #expect(try await printer.paper(atLeast: 1).bitmap == both)
        }
    }

    /// A picture that breaks off after 40 rows, and what the next connection brings.
    private func brokenOff(
        _ configure: (inout VirtualPrinter.Configuration) -> Void = { _ in },
        _ body: (VirtualPrinter, Dialler, Bitmap) async throws -> Void
    ) async throws {
        let picture = pattern(width: 576, height: 100)
        try await withPrinter(configure) { printer, port async throws in
            await printer.inject(.dropAfter(bytes: 8 + 72 * 40))
            let first = try await Dialler.connect(port: port)
            try await first.send(Escpos.raster(picture))
            _ = try await first.untilClosed()
            try await body(printer, try await Dialler.connect(port: port), picture)
        }
    }

    @Test("a picture that breaks off takes the next connection's first bytes for its rest, questions too")
    func keepsHalfCommands() async throws {
        try await brokenOff { printer, next, picture async throws in
            var rest = picture.rows(40..<100).bytes
            rest.replaceSubrange(0..<3, with: Escpos.status(1))
            try await next.send(rest + Escpos.status(4) + Escpos.cut)
            #expect(try await next.hear(1) == [0x12])
            let paper = try await printer.paper(atLeast: 1)
            #expect(paper.bitmap.rows(0..<40) == picture.rows(0..<40))
            #expect(paper.bitmap.rows(41..<100) == picture.rows(41..<100))
            #expect(await printer.swallowedBytes == rest.count { $0 != 0 })
            try await next.send(Escpos.status(1))
            #expect(try await next.hear(2) == [0x12, 0x12], "none to the first question, which was dots")
        }
    }

    @Test("NULs end a picture that broke off, leave it blank below and are nothing between commands")
    func nulls() async throws {
        try await brokenOff { printer, next, picture async throws in
            let nulls = [UInt8](repeating: 0, count: 72 * 60 + 500)
            try await next.send(nulls + Escpos.initialise + Escpos.raster(picture) + Escpos.cut)
            let paper = try await printer.paper(atLeast: 1).bitmap
            #expect(paper.height == 200)
            #expect((40..<100).allSatisfy(paper.isBlankRow))
            #expect(paper.rows(100..<200) == picture)
            #expect(await printer.swallowedBytes == 0)
            #expect(await printer.undrawnCommands == ["NUL": 500])
        }
    }

    @Test("a printer that hears questions everywhere answers inside a picture, whose dots they are all the same")
    func everywhere() async throws {
        try await brokenOff {
            $0.realTimeStatus = .everywhere
        } _: { printer, next, picture async throws in
            try await next.send(Escpos.status(1) + Escpos.status(4))
            #expect(try await next.hear(2) == [0x12, 0x12])
            #expect(await printer.swallowedBytes == 6)
            try await next.send([UInt8](repeating: 0, count: 72 * 60 - 6) + Escpos.status(2) + Escpos.cut)
            #expect(try await printer.paper(atLeast: 1).bitmap.height == 100)
            #expect(try await next.hear(3) == [0x12, 0x12, 0x12], "and one answer where it is a command")
        }
    }

    @Test("a printer that forgets half commands begins anew with each connection") func forgets() async throws {
        try await brokenOff {
            $0.forgetsHalfCommands = true
        } _: { printer, next, picture async throws in
            try await next.send(Escpos.status(1) + Escpos.raster(picture) + Escpos.cut)
            #expect(try await next.hear(1) == [0x12])
            #expect(try await printer.paper(atLeast: 1).bitmap.rows(40..<140) == picture)
            #expect(await printer.swallowedBytes == 0)
        }
    }

    @Test("a second connection waits until the first is closed, and nothing of what it sent is lost")
    func oneAtATime() async throws {
        try await withPrinter { printer, port async throws in
            let first = try await Dialler.connect(port: port)
            try await first.send(Escpos.status(1))
            _ = try await first.hear(1)
            let second = try await Dialler.connect(port: port)
            try await second.send([0x0A] + Escpos.cut + Escpos.status(1))
            try await first.send(Escpos.cut + Escpos.processID("aaaa"))
            #expect(try await first.hear(8).suffix(7) == Escpos.answer(toProcessID: "aaaa"))
            #expect(await printer.papers().map(\.bitmap.height) == [0])
            #expect(await printer.connectionCount == 1)
            try await first.close()
            #expect(try await second.hear(1) == [0x12])
            #expect(try await printer.paper(atLeast: 2).bitmap.height == 30)
        }
    }

    @Test(
        "while it cannot print it takes bytes into its buffer, answers what is asked in real time, and goes on when ready"
    )
    func holds() async throws {
        try await withPrinter { printer, port async throws in
            let line = try await Dialler.connect(port: port)
            await printer.set(.paperOut)
            try await line.send(Escpos.statusBack + [0x0A] + Escpos.cut + Escpos.processID("wait") + Escpos.status(2))
            #expect(try await line.hear(1) == [0x32])
            #expect(await printer.papers().isEmpty)
            await printer.set(.coverOpen)
            await printer.set(.ready)
            #expect(try await line.hear(12) == [0x32, 0x10, 0, 0, 0x0F] + Escpos.answer(toProcessID: "wait"))
            #expect(await printer.papers().count == 1)
            await printer.set(.paperNearEnd)
            #expect(try await line.hear(16).suffix(4) == [0x10, 0, 0x03, 0x0F])
        }
    }

    @Test("a full buffer stops the reading; ready again, all of it is printed")
    func fullBuffer() async throws {
        let picture = pattern(width: 576, height: 20_000)
        try await withPrinter({ $0.receiveBuffer = 10_000 }) { printer, port async throws in
            await printer.set(.offline)
            let line = try await Dialler.connect(port: port)
            async let sent: Void = line.send(Escpos.raster(picture) + Escpos.cut)
            try await printer.waitForBytes(atLeast: 10_000)
            // One read may go over the brim, no more.
            #expect(await printer.receivedByteCount < 200_000)
            #expect(await printer.uncutPaper.height == 0)
            await printer.set(.ready)
            try await sent
            #expect(try await printer.paper(atLeast: 1).bitmap == picture)
        }
    }

    @Test("somebody who leaves while the buffer is full makes room for the next to ask what is wrong")
    func leaves() async throws {
        try await withPrinter({ $0.receiveBuffer = 1000 }) { printer, port async throws in
            await printer.set(.paperOut)
            let first = try await Dialler.connect(port: port)
            try await first.send(Escpos.raster(pattern(width: 576, height: 200)) + Escpos.cut)
            try await printer.waitForBytes(atLeast: 1000)
            try await first.close()
            let second = try await Dialler.connect(port: port)
            // The buffer is still full: nothing is read before there is room.
            await printer.set(.ready)
            try await second.send([UInt8](repeating: 0, count: 72 * 200) + Escpos.status(1))
            #expect(try await second.hear(1) == [0x12])
        }
    }

    @Test("a dropped connection ends after its bytes, and what came before them is printed")
    func drop() async throws {
        let picture = pattern(width: 576, height: 100)
        try await withPrinter { printer, port async throws in
            await printer.inject(.dropAfter(bytes: 8 + 72 * 40))
            let line = try await Dialler.connect(port: port)
            try await line.send(Escpos.raster(picture) + Escpos.cut + Escpos.processID("gone"))
            #expect(try await line.untilClosed().isEmpty)
            #expect(await printer.receivedByteCount == 8 + 72 * 40)
            #expect(await printer.uncutPaper == picture.rows(0..<40))
            let next = try await Dialler.connect(port: port)
            try await next.send([UInt8](repeating: 0, count: 72 * 60) + Escpos.status(1))
            #expect(try await next.hear(1) == [0x12])
        }
    }

    @Test("a printer that refuses lets nobody in until it is told to")
    func refuse() async throws {
        try await withPrinter { printer, port async throws in
            let before = try await Dialler.connect(port: port)
            try await before.send(Escpos.status(1))
            _ = try await before.hear(1)
            await printer.inject(.refuseConnections)
            try await before.close()
            await #expect(throws: (any Error).self) {
                let line = try await Dialler.connect(port: port)
                // A connection that the system had still queued is reset.
                try await line.send(Escpos.status(1))
                if try await line.untilClosed().isEmpty { throw SimulatorError(.stopped, "closed without an answer") }
            }
            await printer.clearFaults()
            try await printer.untilListening()
            let after = try await Dialler.connect(port: port)
            try await after.send(Escpos.status(1))
            #expect(try await after.hear(1) == [0x12])
        }
    }

    @Test("a stalled printer reads no further until the fault is cleared, and loses nothing")
    func stall() async throws {
        try await withPrinter { printer, port async throws in
            await printer.inject(.stallAfter(bytes: 4))
            let line = try await Dialler.connect(port: port)
            try await line.send([0x0A, 0x0A, 0x0A, 0x0A, 0x0A, 0x0A] + Escpos.cut + Escpos.status(1))
            try await printer.waitForBytes(atLeast: 4)
            #expect(await printer.uncutPaper.height == 120)
            #expect(await printer.receivedByteCount == 4)
            await printer.clearFaults()
            #expect(try await line.hear(1) == [0x12])
            #expect(try await printer.paper(atLeast: 1).bitmap.height == 180)
        }
    }

    @Test("a mute printer prints and says nothing")
    func mute() async throws {
        try await withPrinter { printer, port async throws in
            await printer.inject(.mute)
            let line = try await Dialler.connect(port: port)
            try await line.send(Escpos.status(1) + [0x0A] + Escpos.cut + Escpos.processID("mute"))
            #expect(try await printer.paper(atLeast: 1).bitmap.height == 30)
            await printer.clearFaults()
            try await line.send(Escpos.status(4))
            #expect(try await line.hear(1) == [0x12])
        }
    }

    @Test("what else talks on the line is heard between the answers") func noise() async throws {
        try await withPrinter { printer, port async throws in
            await printer.inject(.noise([0xFF, 0x41]))
            let line = try await Dialler.connect(port: port)
            try await line.send(Escpos.status(1))
            #expect(try await line.hear(3) == [0x12, 0xFF, 0x41])
            await printer.clearFaults()
            try await line.send(Escpos.status(4))
            #expect(try await line.hear(4) == [0x12, 0xFF, 0x41, 0x12])
        }
    }

    @Test("a printer without process IDs answers the rest", arguments: VirtualPrinter.Answer.allCases)
    func answers(missing: VirtualPrinter.Answer) async throws {
        let each: [(VirtualPrinter.Answer, [UInt8])] = [
            (.automaticStatusBack, [0x10, 0, 0, 0x0F]), (.queuedStatus, [0]),
            (.processID, Escpos.answer(toProcessID: "1234")), (.realTimeStatus, [0x12]),
        ]
        let expected = each.filter { $0.0 != missing }.flatMap(\.1)
        try await withPrinter({ $0.answers.remove(missing) }) { printer, port async throws in
            let line = try await Dialler.connect(port: port)
            let asked = Escpos.statusBack + Escpos.paperStatus + Escpos.processID("1234") + [0x0A] + Escpos.cut
            try await line.send(asked)
            _ = try await printer.paper(atLeast: 1)
            try await line.send(Escpos.status(1) + [0x0A] + Escpos.cut)
            _ = try await printer.paper(atLeast: 2)
            #expect(try await line.hear(expected.count) == expected)
        }
    }

    @Test("papers beyond those that are kept give way, and asking for one says so")
    func kept() async throws {
        try await withPrinter({ $0.papersKept = 2 }) { printer, port async throws in
            let line = try await Dialler.connect(port: port)
            try await line.send(Escpos.cut + Escpos.cut + Escpos.cut)
            _ = try await printer.paper(atLeast: 3)
            #expect(await printer.papers().map(\.index) == [2, 3])
            let error = await #expect(throws: SimulatorError.self) { try await printer.paper(atLeast: 1) }
            #expect(error?.code == .notKept)
        }
    }

    @Test("a port that is taken is an error for whoever runs it")
    func portTaken() async throws {
        try await withPrinter { _, port async throws in
            let error = await #expect(throws: SimulatorError.self) {
                try await withPrinter({ $0.port = port }) { _, _ in }
            }
            #expect(error?.code == .cannotListen)
        }
    }

    @Test("a connection that sends nothing is closed in time")
    func idle() async throws {
        try await withPrinter({ $0.idleTimeout = .milliseconds(50) }) { _, port async throws in
            let line = try await Dialler.connect(port: port)
            #expect(try await line.untilClosed().isEmpty)
        }
    }
}
