import Journey
import Outbox
import Printing
import Raster
import Simulators
import TestPrintServer
import Testing

/// The faults that a print server can show, from the till to the paper. It tells when it has handed the bytes on, and
/// nothing of the printer's paper or cover: that a raw queue's back end does not ask. A paper that broke off is in
/// CUPSSessionTests: it takes one too long for the sockets between.
@Suite(.timeLimit(.minutes(2)), .serialized) struct PrintWorkerOverCUPSTests {
    private func withCounter(
        hasFallback: Bool,
        _ body: (PrintWorkerCounter, PrivateCUPS, VirtualPrinter, VirtualPrinter) async throws -> Void
    ) async throws {
        let (front, back) = (VirtualPrinter(), VirtualPrinter())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await front.run() }
            group.addTask { try await back.run() }
            let cups = try await PrivateCUPS(printerPort: try await front.address().port)
            var timeouts = PrinterTimeouts()
            timeouts.poll = .milliseconds(50)
            timeouts.grace = .milliseconds(200)
            let address = try await back.address()
            do {
                try await PrintWorkerCounter.open(
                    front: .cups(queue: "front", server: cups.server),
                    back: hasFallback ? .tcp(host: address.host, port: address.port) : nil, timeouts: timeouts
                ) { try await body($0, cups, front, back) }
            } catch {
                Issue.record("\(error)\n\(cups.log.suffix(3_000))")
            }
            await cups.stop()
            group.cancelAll()
        }
    }

    private func summaries(_ prints: [PrintRecord]) -> [String] {
        prints.map { "\($0.machine.state.rawValue) \($0.machine.mark.rawValue) \($0.printer)" }
    }

    @Test(
        "a stopped queue takes nothing: the paper waits, or the fallback prints it unmarked", arguments: [false, true])
    func stopped(hasFallback: Bool) async throws {
        let reader = try await PaperReader()
        try await withCounter(hasFallback: hasFallback) { counter, cups, front, back in
            try await cups.run("/usr/sbin/cupsdisable", "front")
            let id = try await counter.sell(lines: 1)
            if !hasFallback {
                _ = try await counter.prints(of: id) { $0.first?.machine.error?.contains("cupsenable") == true }
                try await cups.run("/usr/sbin/cupsenable", "front")
            }
            let printer = hasFallback ? back : front
            #expect(summaries(try await counter.printed(id)) == ["printed none \(hasFallback ? "back" : "front")"])
            #expect(reader.read([try await printer.paper(atLeast: 1).bitmap]) == .init(receipts: 1))
            #expect(try await cups.run("/usr/bin/lpstat", "-o").isEmpty, "nothing comes out later")
        }
    }

    @Test("a job whose printer is away waits at the server; a fallback marks its paper", arguments: [false, true])
    func away(hasFallback: Bool) async throws {
        let reader = try await PaperReader()
        try await withCounter(hasFallback: hasFallback) { counter, cups, front, back in
            await front.inject(.refuseConnections)
            let id = try await counter.sell(lines: 1)
            if !hasFallback {
                try await cups.untilPrinterIsAway()
                _ = try await counter.prints(of: id) { $0.first?.machine.error?.contains("offline") == true }
                await front.clearFaults()
                try await front.untilListening()
            }
            let prints = try await counter.printed(id)
            if hasFallback {
                // The server had begun, so it cannot know what the printer has.
                #expect(summaries(prints) == ["uncertain none front", "printed reprint back"])
                #expect(reader.read([try await back.paper(atLeast: 1).bitmap]) == .init(receipts: 1, reprints: 1))
                #expect(try await cups.run("/usr/bin/lpstat", "-o").isEmpty, "nothing comes out later")
            } else {
                #expect(summaries(prints) == ["printed none front"])
                #expect(prints.map(\.machine.error) == [nil])
                #expect(reader.read([try await front.paper(atLeast: 1).bitmap]) == .init(receipts: 1))
            }
        }
    }
}
