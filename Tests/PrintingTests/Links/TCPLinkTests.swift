import Printing
import Testing

@Suite(.timeLimit(.minutes(1))) struct TCPLinkTests {
    @Test("a refused connection says so at once, in plain words") func refused() async throws {
        let printer = try await ScriptedPrinter()
        let link = TCPLink(host: "127.0.0.1", port: printer.port)
        await printer.close()
        let error = await #expect(throws: PrintingError.self) { try await link.connect(timeout: .seconds(5)) }
        #expect(error?.code == .cannotConnect)
        #expect(error?.message.contains("onnection refused") == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("tcp://127.0.0.1:\(printer.port)") == true)
    }

    @Test("a reader that stalls gets all eight megabytes when it goes on") func stalled() async throws {
        var script = ScriptedPrinter.Script.mute
        script.reads = false
        let printer = try await ScriptedPrinter(script)
        let connection = try await TCPLink(host: "127.0.0.1", port: printer.port).connect(timeout: .seconds(5))
        let sent = (0..<(8 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        let error = await #expect(throws: PrintingError.self) {
            try await connection.write(sent, timeout: .milliseconds(200))
        }
        #expect(error?.code == .stalled)
        try await printer.recover()
        try await connection.flush(timeout: .seconds(30))
        await connection.close()
        await printer.received { $0.first?.count == sent.count }
        #expect(printer.received.first == sent)
        await printer.close()
    }

    @Test("a connection closed right after a write brings all of it") func closed() async throws {
        let printer = try await ScriptedPrinter(.mute)
        let connection = try await TCPLink(host: "127.0.0.1", port: printer.port).connect(timeout: .seconds(5))
        let sent = [UInt8](repeating: 0x55, count: 3 << 20)
        try await connection.write(sent, timeout: .seconds(30))
        await connection.close()
        await connection.close()
        await printer.received { $0.first?.count == sent.count }
        #expect(printer.received == [sent])
        await printer.close()
    }

    @Test("a connection dropped in the middle is reported as lost") func dropped() async throws {
        var script = ScriptedPrinter.Script.mute
        script.dropsAfterBytes = 10_000
        let printer = try await ScriptedPrinter(script)
        let connection = try await TCPLink(host: "127.0.0.1", port: printer.port).connect(timeout: .seconds(5))
        let error = await #expect(throws: PrintingError.self) {
            for _ in 0..<10_000 {
                try await connection.write([UInt8](repeating: 1, count: 4_096), timeout: .seconds(5))
            }
        }
        #expect(error?.code == .connectionLost)
        #expect(try await connection.read(timeout: .seconds(5)) == nil)
        await connection.close()
        await printer.close()
    }

    @Test("a mute printer's silence ends with the time-out, and what it says later is read") func mute() async throws {
        let printer = try await ScriptedPrinter(.mute)
        let connection = try await TCPLink(host: "127.0.0.1", port: printer.port).connect(timeout: .seconds(5))
        #expect(try await connection.read(timeout: .milliseconds(20)) == [])
        try await connection.write([1], timeout: .seconds(5))
        await printer.received { $0.first == [1] }
        try await printer.say([0x12])
        #expect(try await connection.read(timeout: .seconds(5)) == [0x12])
        await connection.close()
        #expect(try await connection.read(timeout: .seconds(5)) == nil)
        await printer.close()
    }

    @Test("a read that is cancelled ends at once") func cancelled() async throws {
        let printer = try await ScriptedPrinter(.mute)
        let connection = try await TCPLink(host: "127.0.0.1", port: printer.port).connect(timeout: .seconds(5))
        let reading = Task { try await connection.read(timeout: .seconds(50)) }
        reading.cancel()
        let error = await #expect(throws: PrintingError.self) { try await reading.value }
        #expect(error?.code == .cancelled)
        await connection.close()
        await printer.close()
    }

    @Test("the next connection leaves the printer a pause after the last") func pause() async throws {
        let printer = try await ScriptedPrinter(.mute)
        let link = TCPLink(host: "127.0.0.1", port: printer.port)
        await (try await link.connect(timeout: .seconds(5))).close()
        let closed = ContinuousClock.now
        await (try await link.connect(timeout: .seconds(5))).close()
        #expect(ContinuousClock.now - closed >= .milliseconds(150))
        await printer.close()
    }

    @Test("a printer that floods us costs bounded memory") func flood() async throws {
        let printer = try await ScriptedPrinter(.mute)
        let connection = try await TCPLink(host: "127.0.0.1", port: printer.port).connect(timeout: .seconds(5))
        try await connection.write([1], timeout: .seconds(5))
        await printer.received { $0.first == [1] }
        for _ in 0..<64 { try await printer.say([UInt8](repeating: 0x12, count: 16_384)) }
        await printer.close()
        var most = 0
        while let bytes = try await connection.read(timeout: .seconds(5)) { most = max(most, bytes.count) }
        #expect((1...(64 * 1_024)).contains(most))
        await connection.close()
    }
}
