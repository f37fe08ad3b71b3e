import Foundation
import Journey
import Outbox
import Printing
import Raster
import Simulators
import TestPrinters
import Testing

/// Every cable with every fault, from the till to the paper: how many papers come out, where, and which marks they carry.
///
/// What stands on a paper is read from its dots, not from what the outbox says of it.
@Suite(.timeLimit(.minutes(3)), .serialized) struct PrintFaultMatrixTests {
    typealias Cable = PluggedPrinter.Cable

    /// What goes wrong with `front`.
    enum Fault: Sendable, CaseIterable {
        case paperOutBefore, coverOpenBefore
        case paperOutDuring, paperOutAtItsEnd, coverOpenDuring
        case refused, dropped, stalled
        case neverAnswers, fallsSilent

        /// What is known of the papers once all is over.
        struct Outcome: Sendable, Equatable {
            var front: PaperReader.Count
            var back = PaperReader.Count()
            /// The states and marks of the sale's prints.
            var prints: [String]
        }

        private static let original = PaperReader.Count(receipts: 1)
        private static let marked = PaperReader.Count(receipts: 1, reprints: 1)
        /// What came of the original before the contact was lost, and the reprint.
        private static let brokenOffAndMarked = PaperReader.Count(receipts: 2, reprints: 1)
        private static let nothing = PaperReader.Count()

        /// Without a fallback the fault is put right; with one only once the fallback's paper is out.
        func outcome(by cable: Cable, hasFallback: Bool) -> Outcome {
            switch (self, hasFallback) {
            case (.neverAnswers, _):
                Outcome(front: Self.original, prints: ["printed none front"])
            case (.paperOutBefore, false), (.coverOpenBefore, false), (.refused, false), (.paperOutDuring, false),
                (.paperOutAtItsEnd, false), (.coverOpenDuring, false), (.fallsSilent, false):
                Outcome(front: Self.original, prints: ["printed none front"])
            case (.paperOutBefore, true), (.coverOpenBefore, true), (.refused, true), (.fallsSilent, true):
                Outcome(front: Self.nothing, back: Self.original, prints: ["printed none back"])
            case (.paperOutDuring, true), (.paperOutAtItsEnd, true), (.coverOpenDuring, true):
                // What was in the printer comes out when it is put right.
                Outcome(
                    front: Self.original, back: Self.marked, prints: ["uncertain none front", "printed reprint back"])
            case (.dropped, true) where cable != .tcp, (.stalled, true):
                Outcome(
                    front: Self.original, back: Self.marked, prints: ["uncertain none front", "printed reprint back"])
            case (.dropped, _), (.stalled, false):
                Outcome(
                    front: Self.brokenOffAndMarked, prints: ["uncertain none front", "printed reprint front"])
            }
        }
    }

    private struct Scene {
        let counter: PrintWorkerCounter
        let front: VirtualPrinter
        let plugged: PluggedPrinter
        let back: VirtualPrinter
        let cable: Cable
    }

    private func withCounter(
        _ cable: Cable, hasFallback: Bool, answers: Set<VirtualPrinter.Answer> = Set(VirtualPrinter.Answer.allCases),
        realTime: VirtualPrinter.RealTimeStatus = .betweenCommands,
        _ body: (Scene) async throws -> Void
    ) async throws {
        var configuration = VirtualPrinter.Configuration()
        configuration.answers = answers
        configuration.realTimeStatus = realTime
        let front = VirtualPrinter(configuration: configuration)
        let back = VirtualPrinter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await front.run() }
            group.addTask { try await back.run() }
            let plugged = PluggedPrinter(front, by: cable)
            _ = try await front.address()
            try await plugged.plugIn()
            var timeouts = PrinterTimeouts()
            timeouts.probe = answers.isEmpty ? .milliseconds(200) : .seconds(10)
            timeouts.knownProbe = .seconds(1)
            timeouts.poll = .milliseconds(50)
            timeouts.silence = .milliseconds(500)
            timeouts.connect = .seconds(10)
            timeouts.grace = answers.isEmpty ? .milliseconds(200) : .seconds(2)
            let address = try await back.address()
            try await PrintWorkerCounter.open(
                front: plugged.device, back: hasFallback ? .tcp(host: address.host, port: address.port) : nil,
                timeouts: timeouts
            ) { counter in
                try await body(
                    Scene(counter: counter, front: front, plugged: plugged, back: back, cable: cable))
            }
            await plugged.pullOut()
            group.cancelAll()
        }
    }

    /// Everything that lies in a printer: what was cut off, and what hangs out of it.
    private func papers(in machine: VirtualPrinter) async -> [Bitmap] {
        await machine.papers().map(\.bitmap) + [machine.uncutPaper]
    }

    private func bring(about fault: Fault, in scene: Scene, heightOfPaper height: Int) async throws {
        let front = scene.front
        switch fault {
        case .paperOutBefore: await front.set(.paperOut)
        case .coverOpenBefore: await front.set(.coverOpen)
        case .paperOutDuring: await front.inject(.paperOutAfter(rows: height / 2))
        case .paperOutAtItsEnd: await front.inject(.paperOutAfter(rows: height - 10))
        case .coverOpenDuring, .stalled: await front.inject(.stallAfter(bytes: 10_000))
        case .refused:
            if scene.cable == .tcp { await front.inject(.refuseConnections) } else { await scene.plugged.pullOut() }
        case .dropped: await front.inject(.dropAfter(bytes: 10_000))
        case .fallsSilent: await front.inject(.mute)
        case .neverAnswers: break
        }
    }

    private func putRight(_ fault: Fault, in scene: Scene) async throws {
        await scene.front.clearFaults()
        await scene.front.set(.ready)
        if fault == .refused, scene.cable == .tcp { try await scene.front.untilListening() }
        if fault == .refused || fault == .dropped { try await scene.plugged.plugIn() }
    }

    /// One sale through one fault; the first sale tells how a paper looks where nothing goes wrong.
    private func play(
        _ fault: Fault, by cable: Cable, hasFallback: Bool, _ realTime: VirtualPrinter.RealTimeStatus,
        _ reader: PaperReader
    ) async throws -> Fault.Outcome {
        var outcome = Fault.Outcome(front: .init(), prints: [])
        let answers = fault == .neverAnswers ? [] : Set(VirtualPrinter.Answer.allCases)
        try await withCounter(cable, hasFallback: hasFallback, answers: answers, realTime: realTime) { scene in
            let (counter, front) = (scene.counter, scene.front)
            _ = try await counter.printed(counter.sell("BEFORE", lines: 1))
            let height = try await front.paper(atLeast: 1).bitmap.height
            let start = await front.receivedByteCount
            try await bring(about: fault, in: scene, heightOfPaper: height)
            let id = try await counter.sell("A", lines: 1)
            if fault == .coverOpenDuring {
                try await front.waitForBytes(atLeast: start + 10_000)
                await front.set(.coverOpen)
                await front.clearFaults()
            }
            if !hasFallback {
                switch fault {
                case .neverAnswers: break
                case .dropped, .stalled: _ = try await counter.prints(of: id) { $0.count == 2 }
                default: _ = try await counter.prints(of: id) { $0.first?.machine.error != nil }
                }
                try await putRight(fault, in: scene)
            }
            let prints = try await counter.printed(id)
            outcome.prints = prints.map {
                "\($0.machine.state.rawValue) \($0.machine.mark.rawValue) \($0.printer)"
            }
            try await putRight(fault, in: scene)
            // Whatever was left in the printer comes out before the paper after it.
            let after = try await counter.printed(counter.sell("AFTER", lines: 1))
            #expect(after.map(\.machine.mark) == [.none], "and it goes on")
            #expect(after.map(\.printer) == ["front"])
            // One that never answers is believed before its paper is out.
            if fault == .neverAnswers { _ = try await front.paper(atLeast: 3) }
            outcome.front = reader.read(await papers(in: front))
            #expect(await front.swallowedBytes == 0, "\(fault), \(cable)")
            // Of the sales before and after.
            outcome.front.receipts -= 2
            outcome.back = reader.read(await papers(in: scene.back))
        }
        return outcome
    }

    private static let shops: [(hasFallback: Bool, VirtualPrinter.RealTimeStatus)] = [
        (false, .betweenCommands), (true, .betweenCommands), (false, .everywhere),
    ]

    @Test(
        "whatever happens to a printer, a paper comes out in the end, and no second one without a mark",
        arguments: Fault.allCases)
    func everyCable(fault: Fault) async throws {
        let reader = try await PaperReader()
        // All at once: most of the time they wait.
        try await withThrowingTaskGroup(of: Void.self) { cells in
            for cable in Cable.allCases {
                for (hasFallback, realTime) in Self.shops {
                    cells.addTask {
                        let found = try await play(fault, by: cable, hasFallback: hasFallback, realTime, reader)
                        let cell = "\(fault), \(cable), \(hasFallback ? "with" : "without") a fallback, \(realTime)"
                        #expect(found == fault.outcome(by: cable, hasFallback: hasFallback), "\(cell)")
                        #expect(found.front.unmarked + found.back.unmarked <= 1, "\(cell)")
                        #expect(found.prints.last?.hasPrefix("printed") == true, "\(cell)")
                    }
                }
            }
            try await cells.waitForAll()
        }
    }

    @Test(
        "a cable that drops at every 500th byte costs one marked reprint, and none where no byte was taken",
        arguments: Cable.allCases)
    func droppedAnywhere(cable: Cable) async throws {
        let reader = try await PaperReader()
        var length = 0
        try await withCounter(cable, hasFallback: false) { scene in
            // The first brings the printer into step as well.
            for id in ["A", "B"] { _ = try await scene.counter.printed(scene.counter.sell(id)) }
            length = try await scene.front.paper(atLeast: 2).byteCount
        }
        let offsets = [1] + Array(stride(from: 500, to: length, by: 500))
        let counters = 8
        try await withThrowingTaskGroup(of: Void.self) { group in
            for counter in 0..<counters {
                let mine = offsets.enumerated().filter { $0.offset % counters == counter }.map(\.element)
                group.addTask { try await drop(at: mine, by: cable, reader) }
            }
            try await group.waitForAll()
        }
    }

    private func drop(at offsets: [Int], by cable: Cable, _ reader: PaperReader) async throws {
        try await withCounter(cable, hasFallback: false) { scene in
            let (counter, front) = (scene.counter, scene.front)
            _ = try await counter.printed(counter.sell("BEFORE"))
            for offset in offsets {
                let before = await (papers: front.papers().count, drops: front.dropCount)
                await front.inject(.dropAfter(bytes: offset))
                let id = try await counter.sell("AT-\(offset)")
                // The first byte is no paper's. Where a line was opened ahead of the paper and dropped at once, the paper goes
                // over the next one, and nothing is to be put right.
                _ = try await counter.prints(of: id) {
                    $0.count == 2 || $0.first?.machine.error != nil || $0.first?.machine.state == .printed
                }
                #expect(await front.dropCount == before.drops + 1, "\(offset)")
                await front.clearFaults()
                try await scene.plugged.plugIn()
                let prints = try await counter.printed(id)
                let taken = offset > 1
                #expect(prints.map(\.machine.state) == (taken ? [.uncertain, .printed] : [.printed]), "\(offset)")
                #expect(prints.map(\.machine.mark) == (taken ? [.none, .reprint] : [.none]), "\(offset)")
                let found = reader.read(await front.papers().dropFirst(before.papers).map(\.bitmap))
                #expect(found.reprints == (taken ? 1 : 0), "\(offset)")
                #expect(found.unmarked <= 1, "\(offset)")
                #expect(await front.swallowedBytes == 0, "\(offset)")
            }
        }
    }
}
