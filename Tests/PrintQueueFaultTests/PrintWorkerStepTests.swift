import Foundation
import Journey
import Outbox
import Printing
import Raster
import Simulators
import TestPrinters
import Testing

/// Gateways that begin where another one broke off, on the same printer.
@Suite(.timeLimit(.minutes(2)), .serialized) struct PrintWorkerStepTests {
    @Test(
        "the first paper of a gateway has its head, wherever the one before was killed in its last",
        arguments: PluggedPrinter.Cable.allCases, [9_500, 14_000, 21_000])
    func startInAPicture(cable: PluggedPrinter.Cable, bytes: Int) async throws {
        let reader = try await PaperReader()
        let machine = VirtualPrinter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await machine.run() }
            _ = try await machine.address()
            let plugged = PluggedPrinter(machine, by: cable)
            try await plugged.plugIn()
            var timeouts = PrinterTimeouts()
            timeouts.probe = .seconds(10)
            timeouts.knownProbe = .seconds(10)
            let device = try await plugged.device
            try await PrintWorkerCounter.open(front: device, back: nil, timeouts: timeouts) { counter in
                // The printer takes so much of it and no more; then this gateway is no more either.
                await machine.inject(.stallAfter(bytes: bytes))
                _ = try await counter.sell("FIRST")
                try await machine.waitForBytes(atLeast: bytes)
            }
            await plugged.pullOut()
            await machine.clearFaults()
            try await plugged.plugIn()
            try await PrintWorkerCounter.open(front: device, back: nil, timeouts: timeouts) { counter in
                let prints = try await counter.printed(counter.sell("SECOND"))
                #expect(prints.map(\.machine.confirmedBy) == [.processID])
                let paper = try #require(await machine.papers().last)
                let end = paper.bitmap
                #expect(reader.read([end]).receipts >= 1)
                _ = try await counter.printed(counter.sell("SECOND-AGAIN"))
                #expect(await machine.swallowedBytes == 0)
                let whole = try #require(await machine.papers().last?.bitmap)
                // The same receipt, but for its number.
                #expect(reader.read([whole]) == .init(receipts: 1))
                #expect(reader.read([end.rows(max(end.height - whole.height, 0)..<end.height)]).receipts == 1)
            }
            await plugged.pullOut()
            group.cancelAll()
        }
    }

    @Test(
        "a printer that proves nothing and stops taking bytes leaves an uncertain paper, and a marked reprint follows")
    func stopsTaking() async throws {
        let peer = try RawPeer { line in
            // The first brings the printer into step and takes a part of the paper, the second takes everything.
            if line.peer.connections == 1 {
                while line.peer.received.count < 13_000, line.read(1_000) {}
                line.untilOver()
            } else {
                line.readToTheEnd()
            }
        }
        defer { peer.end() }
        var timeouts = PrinterTimeouts()
        timeouts.probe = .milliseconds(100)
        timeouts.grace = .milliseconds(100)
        timeouts.stall = .milliseconds(500)
        try await PrintWorkerCounter.open(
            front: .tcp(host: "127.0.0.1", port: peer.port), back: nil, timeouts: timeouts
        ) { counter in
            let prints = try await counter.printed(counter.sell(lines: 60))
            #expect(prints.map(\.machine.state) == [.uncertain, .printed])
            #expect(prints.map(\.machine.mark) == [.none, .reprint])
            #expect(prints.map(\.machine.confirmedBy) == [nil, .written])
        }
    }
}
