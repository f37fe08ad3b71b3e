import Foundation
import Printing
import Raster
import Simulators
import TestPrinters
import Testing

/// Every cable with every fault: what is said of a paper, and how many papers there are.
@Suite(.timeLimit(.minutes(1)), .serialized) struct FaultMatrixTests {
    static let cables = PluggedPrinter.Cable.allCases

    private func withPrinter(
        _ cable: PluggedPrinter.Cable, answers: Set<VirtualPrinter.Answer> = Set(VirtualPrinter.Answer.allCases),
        realTime: VirtualPrinter.RealTimeStatus = .betweenCommands,
        observer: (@Sendable (PrinterStatus) -> Void)? = nil,
        _ body: (VirtualPrinter, PluggedPrinter, Printer) async throws -> Void
    ) async throws {
        var configuration = VirtualPrinter.Configuration()
        configuration.answers = answers
        configuration.realTimeStatus = realTime
        let machine = VirtualPrinter(configuration: configuration)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await machine.run() }
            _ = try await machine.address()
            let plugged = PluggedPrinter(machine, by: cable)
            try await plugged.plugIn()
            var timeouts = PrinterTimeouts()
            timeouts.probe = answers.isEmpty ? .milliseconds(200) : .seconds(10)
            timeouts.knownProbe = .seconds(10)
            timeouts.poll = .milliseconds(50)
            timeouts.silence = .seconds(1)
            timeouts.grace = answers.isEmpty ? .milliseconds(200) : .seconds(2)
            try await body(
                machine, plugged,
                Printer(name: "front", device: try await plugged.device, timeouts: timeouts, observer: observer))
            await plugged.pullOut()
            #expect(await machine.swallowedBytes == 0, "no paper and no question went into another's picture")
            group.cancelAll()
        }
    }

    private static let picture: Bitmap = {
        var picture = Bitmap(width: 576, height: 120)
        for y in 0..<120 {
            for x in stride(from: (y * 7) % 13, to: 500, by: 13) { picture[x, y] = true }
        }
        return picture
    }()

    private static func paper(for printer: Printer) -> [UInt8] {
        printer.encoder.initialise() + printer.encoder.image(picture) + printer.encoder.cut(.partial)
    }

    private enum Outcome: Equatable {
        case printed(Printing.Confirmation)
        case untouched(PrintingError.Code)
        case uncertain(PrintingError.Code)
    }

    private func print(on printer: Printer) async -> Outcome {
        let session: any PrintSession
        do {
            session = try await printer.open()
        } catch {
            return .untouched(error.code)
        }
        let outcome: Outcome
        do throws(PrintingError) {
            try await session.send(Self.paper(for: printer))
            outcome = .printed(try await session.complete())
        } catch {
            outcome = await session.hasTakenBytes ? .uncertain(error.code) : .untouched(error.code)
        }
        await session.close()
        return outcome
    }

    /// The papers so far, all of them whole.
    private func wholePapers(_ machine: VirtualPrinter) async -> Int {
        let papers = await machine.papers()
        #expect(papers.allSatisfy { $0.bitmap.rows(0..<120) == Self.picture })
        return papers.count
    }

    @Test(
        "a printer that cannot print before the paper takes none of it, and prints it once when put right",
        arguments: cables, [.paperOut, .coverOpen] as [VirtualPrinter.Condition])
    func before(cable: PluggedPrinter.Cable, condition: VirtualPrinter.Condition) async throws {
        try await withPrinter(cable) { machine, _, printer in
            await machine.set(condition)
            #expect(await print(on: printer) == .untouched(.notReady))
            await machine.set(.ready)
            #expect(await print(on: printer) == .printed(.processID))
            #expect(await wholePapers(machine) == 1)
        }
    }

    @Test(
        "paper that runs out during or right after the picture is waited for, and one paper comes out",
        arguments: cables, [60, 120, 130])
    func during(cable: PluggedPrinter.Cable, rows: Int) async throws {
        let (statuses, noticed) = AsyncStream.makeStream(of: PrinterStatus.self)
        try await withPrinter(cable, observer: { noticed.yield($0) }) { machine, _, printer in
            await machine.inject(.paperOutAfter(rows: rows))
            async let outcome = print(on: printer)
            for await status in statuses where status.faults.contains(.paperEnd) { break }
            await machine.set(.ready)
            #expect(await outcome == .printed(.processID))
            #expect(await wholePapers(machine) == 1)
        }
    }

    /// Whether the last paper ends with the whole picture and the cut.
    private func endsWhole(_ machine: VirtualPrinter, _ printer: Printer) async -> Bool {
        guard let last = await machine.papers().last?.bitmap else { return false }
        let end = last.height - Int(printer.profile.paper.cutFeed)
        return end >= 120 && last.rows(end - 120..<end) == Self.picture
    }

    @Test(
        "a cable that drops at any byte never lets a lost paper pass for printed, and the next one is whole",
        arguments: cables, VirtualPrinter.RealTimeStatus.allCases)
    func dropped(cable: PluggedPrinter.Cable, realTime: VirtualPrinter.RealTimeStatus) async throws {
        try await withPrinter(cable, realTime: realTime) { machine, plugged, printer in
            let length = Self.paper(for: printer).count
            var printed = 0
            for bytes in stride(from: 500, through: length + 500, by: 500) {
                let well = await print(on: printer)
                #expect(well == .printed(.processID), "it goes on by itself after \(bytes - 500)")
                #expect(await endsWhole(machine, printer), "\(bytes - 500)")
                let before = await machine.papers().count
                await machine.inject(.dropAfter(bytes: bytes))
                let outcome = await print(on: printer)
                let papers = await machine.papers().count - before
                switch outcome {
                case .printed:
                    #expect(papers == 1)
                    printed += 1
                case .untouched: #expect(papers == 0)
                case .uncertain(let code):
                    #expect(papers <= 1)
                    #expect(code == .connectionLost)
                }
                if bytes < length { #expect(outcome == .uncertain(.connectionLost), "\(bytes) of \(length)") }
                await machine.clearFaults()
                try await plugged.plugIn()
            }
            let last = await print(on: printer)
            #expect(last == .printed(.processID), "and it goes on by itself")
            #expect(await endsWhole(machine, printer))
        }
    }

    @Test("a printer that is away is untouched, and prints when it is back", arguments: cables)
    func refused(cable: PluggedPrinter.Cable) async throws {
        try await withPrinter(cable) { machine, plugged, printer in
            if cable == .tcp { await machine.inject(.refuseConnections) } else { await plugged.pullOut() }
            #expect(await print(on: printer) == .untouched(.cannotConnect))
            #expect(await machine.papers().isEmpty)
            await machine.clearFaults()
            try await machine.untilListening()
            try await plugged.plugIn()
            #expect(await print(on: printer) == .printed(.processID))
            #expect(await wholePapers(machine) == 1)
        }
    }

    @Test("a printer that stops in the middle without a word is uncertain, and no paper is out", arguments: cables)
    func stalled(cable: PluggedPrinter.Cable) async throws {
        try await withPrinter(cable) { machine, _, printer in
            #expect(await print(on: printer) == .printed(.processID))
            await machine.inject(.stallAfter(bytes: 3_000))
            #expect(await print(on: printer) == .uncertain(.connectionLost))
            #expect(await machine.papers().count == 1)
        }
    }

    @Test("a mute printer prints all the same, and the print says so", arguments: cables)
    func mute(cable: PluggedPrinter.Cable) async throws {
        try await withPrinter(cable, answers: []) { machine, _, printer in
            #expect(await print(on: printer) == .printed(.written))
            _ = try await machine.paper(atLeast: 1)
            #expect(await wholePapers(machine) == 1)
        }
    }
}
