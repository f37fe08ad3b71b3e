import Synchronization
import Testing

@testable import Printing

@Suite(.timeLimit(.minutes(1))) struct LinkSessionTests {
    static let paper = [UInt8](repeating: UInt8(ascii: "x"), count: 20_000)

    /// Waits that a test means to run out are short, by `change`; those that it does not are long.
    private func printer(
        at peer: ScriptedPrinter, _ confirmation: ConfirmationPolicy = .auto,
        _ change: (inout PrinterTimeouts) -> Void = { _ in }, observer: (@Sendable (PrinterStatus) -> Void)? = nil
    ) -> Printer {
        var timeouts = PrinterTimeouts()
        timeouts.probe = .seconds(20)
        timeouts.knownProbe = .seconds(20)
        timeouts.grace = .milliseconds(100)
        timeouts.poll = .milliseconds(50)
        change(&timeouts)
        let printer = Printer(
            name: "front", device: .tcp(host: "127.0.0.1", port: peer.port),
            model: PrinterModel(confirmation: confirmation),
            timeouts: timeouts, observer: observer)
        // Nothing is left over in it from an earlier conversation.
        printer.memory.wasHeardOut()
        return printer
    }

    private func print(_ paper: [UInt8] = paper, on printer: Printer) async throws -> Printing.Confirmation {
        let session = try await printer.open()
        do {
            try await session.send(paper)
            let confirmation = try await session.complete()
            await session.close()
            return confirmation
        } catch {
            await session.close()
            throw error
        }
    }

    private static let processIDRequest: [UInt8] = [0x1D, 0x28, 0x48]
    private static let queuedRequest: [UInt8] = [0x1D, 0x72]
    private static let realTimeRequest: [UInt8] = [0x10, 0x04]

    @Test("a process ID that comes back confirms the paper") func processID() async throws {
        let peer = try await ScriptedPrinter()
        let printer = printer(at: peer)
        let session = try await printer.open()
        #expect(await session.status == PrinterStatus())
        #expect(await !session.hasTakenBytes, "status questions are no paper")
        try await session.send(Self.paper)
        #expect(await session.hasTakenBytes)
        #expect(try await session.complete() == .processID)
        await session.close()
        #expect(peer.received.first?.contains(Self.paper) == true)
        #expect(try await print(on: printer) == .processID)
        #expect(peer.received.last?.contains(Self.queuedRequest) == false, "the lesser proof is not asked for again")
        await peer.close()
    }

    @Test("without process ID the queued status confirms, and the process ID is not asked for again")
    func queued() async throws {
        var script = ScriptedPrinter.Script()
        script.echoesProcessID = false
        let peer = try await ScriptedPrinter(script)
        let printer = printer(at: peer)
        #expect(try await print(on: printer) == .status)
        #expect(peer.received.last?.contains(Self.processIDRequest) == true)
        #expect(try await print(on: printer) == .status)
        #expect(peer.received.last?.contains(Self.processIDRequest) == false)
        #expect(peer.received.last?.contains(Self.queuedRequest) == true)
        await peer.close()
    }

    @Test("with nothing but real-time status a good one after the paper confirms") func realTime() async throws {
        var script = ScriptedPrinter.Script()
        script.echoesProcessID = false
        script.answersQueued = false
        let peer = try await ScriptedPrinter(script)
        #expect(try await print([1, 2, 3], on: printer(at: peer)) == .status)
        await peer.close()
    }

    @Test("a printer that answers only some status questions is asked only those") func partly() async throws {
        var script = ScriptedPrinter.Script()
        script.realTime = [1: 0x12]
        let peer = try await ScriptedPrinter(script)
        let printer = printer(at: peer) { $0.probe = .seconds(1) }
        #expect(try await print(on: printer) == .processID)
        #expect(try await print(on: printer) == .processID)
        #expect(peer.received.last?.contains([0x10, 0x04, 0x01]) == true)
        #expect(peer.received.last?.contains([0x10, 0x04, 0x02]) == false)
        await peer.close()
    }

    @Test("a mute printer prints all the same, and is not asked again at the next paper") func mute() async throws {
        let peer = try await ScriptedPrinter(.mute)
        let printer = printer(at: peer) { $0.probe = .milliseconds(100) }
        #expect(try await print(on: printer) == .written)
        #expect(peer.received.last?.contains(Self.realTimeRequest) == true)
        #expect(try await print(on: printer) == .written)
        await peer.received { $0.count == 2 && $0[1] == Self.paper }
        #expect(peer.received.last == Self.paper)
        await peer.close()
    }

    @Test("confirm = none asks nothing of the paper") func none() async throws {
        let peer = try await ScriptedPrinter()
        #expect(try await print(on: printer(at: peer, .none)) == .written)
        #expect(peer.received.last?.contains(Self.processIDRequest) == false)
        await peer.close()
    }

    @Test("a cover that is open is reported before any byte is sent") func notReady() async throws {
        var script = ScriptedPrinter.Script()
        script.realTime = [1: 0x1A, 2: 0x16, 3: 0x12, 4: 0x12]
        let peer = try await ScriptedPrinter(script)
        let session = try await printer(at: peer).open()
        #expect(await session.status?.summary == "cover open")
        let error = await #expect(throws: PrintingError.self) { try await session.send(Self.paper) }
        #expect(error?.code == .notReady)
        #expect(error?.message.contains("front is cover open") == true)
        #expect(await !session.hasTakenBytes)
        peer.change { $0.realTime = ScriptedPrinter.Script().realTime }
        try await session.send(Self.paper)
        #expect(try await session.complete() == .processID)
        await session.close()
        await peer.close()
    }

    @Test("paper that runs out in the middle is waited for, and the paper is sent once") func paperOut() async throws {
        var script = ScriptedPrinter.Script()
        script.endsAfterBytes = 9_000
        let peer = try await ScriptedPrinter(script)
        let (statuses, noticed) = AsyncStream.makeStream(of: PrinterStatus.self)
        let printer = printer(at: peer, observer: { noticed.yield($0) })
        let printing = Task { try await print(on: printer) }
        for await status in statuses where status.faults.contains(.paperEnd) { break }
        try await peer.recover()
        #expect(try await printing.value == .processID)
        #expect(peer.received.count == 1)
        #expect(peer.received[0].count { $0 == UInt8(ascii: "x") } == Self.paper.count)
        await peer.close()
    }

    @Test("a printer without paper that takes no more bytes is waited for") func stalledWithoutPaper() async throws {
        let peer = try await ScriptedPrinter()
        let (statuses, noticed) = AsyncStream.makeStream(of: PrinterStatus.self)
        let session = try await printer(at: peer) {
            $0.stall = .seconds(1)
        } observer: {
            noticed.yield($0)
        }.open()
        let paper = [UInt8](repeating: UInt8(ascii: "x"), count: 12 << 20)
        try await session.send([0x1B, 0x40])
        await peer.received { ($0.first?.count ?? 0) >= 14 }
        try await peer.stopReading()
        try await peer.say([0x18, 0, 0x0C, 0])
        let sending = Task { try await session.send(paper) }
        for await status in statuses where status.faults.contains(.paperEnd) { break }
        try await peer.recover()
        try await sending.value
        #expect(try await session.complete() == .processID)
        #expect(peer.received[0].count { $0 == UInt8(ascii: "x") } == paper.count)
        await session.close()
        await peer.close()
    }

    @Test("a printer that stops taking bytes without a reason has stalled") func stalled() async throws {
        var script = ScriptedPrinter.Script.mute
        script.reads = false
        let peer = try await ScriptedPrinter(script)
        let session = try await printer(at: peer) {
            $0.probe = .milliseconds(100)
            $0.stall = .milliseconds(150)
        }.open()
        let error = await #expect(throws: PrintingError.self) {
            try await session.send([UInt8](repeating: 0, count: 64 << 20))
        }
        #expect(error?.code == .stalled)
        #expect(await session.hasTakenBytes)
        await session.close()
        await peer.close()
    }

    @Test("patience with a printer without paper ends") func patience() async throws {
        var script = ScriptedPrinter.Script()
        script.endsAfterBytes = 9_000
        let peer = try await ScriptedPrinter(script)
        let printer = printer(at: peer) { $0.waitLimit = .milliseconds(1_500) }
        let error = await #expect(throws: PrintingError.self) { try await print(on: printer) }
        #expect(error?.code == .timedOut)
        #expect(error?.message.contains("out of paper") == true)
        await peer.close()
    }

    @Test("contact lost after the paper is said to be lost, not printed") func dropped() async throws {
        var script = ScriptedPrinter.Script()
        script.isHeld = true
        let peer = try await ScriptedPrinter(script)
        let session = try await printer(at: peer).open()
        try await session.send(Self.paper)
        await peer.received { $0.first?.contains(Self.paper) == true }
        await peer.close()
        let error = await #expect(throws: PrintingError.self) { try await session.complete() }
        #expect(error?.code == .connectionLost)
        #expect(await session.hasTakenBytes)
        await session.close()
    }

    @Test("contact lost in the middle of the paper is said to be lost") func droppedInTheMiddle() async throws {
        var script = ScriptedPrinter.Script()
        script.dropsAfterBytes = 6_000
        let peer = try await ScriptedPrinter(script)
        let error = await #expect(throws: PrintingError.self) {
            try await print([UInt8](repeating: 0, count: 8 << 20), on: printer(at: peer))
        }
        #expect(error?.code == .connectionLost)
        await peer.close()
    }

    @Test("a printer that falls silent after the paper is said to be lost") func silent() async throws {
        let peer = try await ScriptedPrinter()
        let session = try await printer(at: peer) { $0.silence = .milliseconds(300) }.open()
        peer.change { $0 = .mute }
        try await session.send([1, 2, 3])
        let error = await #expect(throws: PrintingError.self) { try await session.complete() }
        #expect(error?.code == .connectionLost)
        await session.close()
        await peer.close()
    }

    @Test("a printer that answered before and is silent at the next opening is not sent a paper blindly")
    func silentAtOpening() async throws {
        let peer = try await ScriptedPrinter()
        let printer = printer(at: peer) {
            $0.knownProbe = .milliseconds(150)
            $0.catchUp = .milliseconds(100)
            $0.reprobe = .milliseconds(200)
        }
        _ = try await print([1], on: printer)
        peer.change { $0 = .mute }
        for _ in 0..<2 {
            let error = await #expect(throws: PrintingError.self) { try await printer.open() }
            #expect(error?.code == .notReady)
        }
        #expect(try await print([1], on: printer) == .written, "by now it is taken for another printer")
        await peer.close()
    }

    @Test("confirm = process-id is content with nothing less") func strict() async throws {
        var script = ScriptedPrinter.Script()
        script.echoesProcessID = false
        let peer = try await ScriptedPrinter(script)
        let printer = printer(at: peer, .processID) { $0.completion = .milliseconds(400) }
        let error = await #expect(throws: PrintingError.self) { try await print([1], on: printer) }
        #expect(error?.code == .timedOut)
        #expect(error?.message.contains("confirm = \"auto\"") == true)
        await peer.close()
    }

    @Test("a session whose task is cancelled ends") func cancelled() async throws {
        var script = ScriptedPrinter.Script()
        script.isHeld = true
        let peer = try await ScriptedPrinter(script)
        let printer = printer(at: peer, .processID)
        let printing = Task { try await print(on: printer) }
        await peer.received { $0.first?.contains(Self.processIDRequest) == true }
        printing.cancel()
        let error = await #expect(throws: PrintingError.self) { try await printing.value }
        #expect(error?.code == .cancelled)
        await peer.close()
    }
}
