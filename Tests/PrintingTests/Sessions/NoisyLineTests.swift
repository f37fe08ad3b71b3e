import Synchronization
import Testing

@testable import Printing

/// Lines on which somebody else talks as well: device servers that greet, negotiate, or hand on what a bad cable makes.
@Suite(.timeLimit(.minutes(1))) struct NoisyLineTests {
    static let paper = LinkSessionTests.paper
    static let texts: [[UInt8]] = [
        Array("ser2net port 4001 device /dev/ttyS0 [115200N81] (Debian GNU/Linux)\r\n\r\n".utf8),
        Array("Welcome to Moxa NPort\r\nall ports are busy or out of paper lll\r\n".utf8),
        // IAC WILL ECHO, WILL SUPPRESS-GO-AHEAD, DO BINARY.
        [0xFF, 0xFB, 0x01, 0xFF, 0xFB, 0x03, 0xFF, 0xFD, 0x00],
        Array("Rzz> pack, that 2:".utf8),
        [0x0C, 0x0C, 0x80, 0x1A, 0x32, 0x18, 0x00, 0x0F, 0x0F],
    ]

    /// What came of a paper, and everything that was told of the printer meanwhile.
    private func print(
        _ script: ScriptedPrinter.Script, _ confirmation: ConfirmationPolicy = .auto
    ) async throws -> (
        outcome: Result<Printing.Confirmation, PrintingError>, told: [PrinterStatus], status: PrinterStatus?,
        remark: String?
    ) {
        let peer = try await ScriptedPrinter(script)
        var timeouts = PrinterTimeouts()
        timeouts.probe = script.realTime.isEmpty ? .milliseconds(100) : .seconds(20)
        timeouts.knownProbe = .seconds(20)
        timeouts.grace = .milliseconds(100)
        timeouts.poll = .milliseconds(50)
        timeouts.completion = .seconds(1)
        let told = Mutex<[PrinterStatus]>([])
        let printer = Printer(
            name: "front", device: .tcp(host: "127.0.0.1", port: peer.port),
            model: PrinterModel(confirmation: confirmation),
            timeouts: timeouts, observer: { status in told.withLock { $0.append(status) } })
        let session = try await printer.open()
        let status = await session.status
        let outcome: Result<Printing.Confirmation, PrintingError>
        do throws(PrintingError) {
            try await session.send(Self.paper)
            outcome = .success(try await session.complete())
        } catch {
            outcome = .failure(error)
        }
        let remark = await session.remark
        await session.close()
        await peer.close()
        return (outcome, told.withLock { $0 }, status, remark)
    }

    @Test(
        "a text that greets whoever connects is thrown away, before our first question and after it", arguments: texts)
    func greeting(text: [UInt8]) async throws {
        for isLate in [false, true] {
            var script = ScriptedPrinter.Script()
            if isLate { script.atFirstQuestion = text } else { script.greeting = text }
            let found = try await print(script)
            #expect(try found.outcome.get() == .processID)
            #expect(found.status == PrinterStatus())
            #expect(found.told.allSatisfy { $0.canPrint })
            #expect(found.remark == nil)
        }
    }

    @Test(
        "a line that greets, with a printer that says nothing, is that of a printer that says nothing",
        arguments: texts)
    func openingOfAMutePrinter(text: [UInt8]) async throws {
        for isLate in [false, true] {
            var script = ScriptedPrinter.Script.mute
            if isLate { script.atFirstQuestion = text } else { script.greeting = text }
            let found = try await print(script)
            #expect(try found.outcome.get() == .written)
            #expect(found.status == nil)
            #expect(found.told.isEmpty)
        }
    }

    @Test("noise in the middle of a paper takes every proof from the line, and that is said", arguments: texts)
    func inTheMiddle(text: [UInt8]) async throws {
        var script = ScriptedPrinter.Script()
        script.noise = (20_000, text)
        let found = try await print(script)
        #expect(try found.outcome.get() == .written)
        #expect(found.remark?.contains("no printer sends") == true)
        #expect(found.told.allSatisfy { $0.canPrint })
        let strict = try await print(script, .processID)
        #expect(throws: PrintingError.self) { try strict.outcome.get() }
    }

    @Test("a negotiation in place of the answer to GS r is no proof", arguments: texts)
    func inPlaceOfAnAnswer(text: [UInt8]) async throws {
        var script = ScriptedPrinter.Script.mute
        script.answersQueued = true
        script.queuedAnswer = text
        let found = try await print(script)
        #expect(try found.outcome.get() == .written)
        #expect(found.told.isEmpty)
    }
}
