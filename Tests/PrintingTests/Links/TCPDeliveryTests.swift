import Foundation
import TestPrinters
import Testing

@testable import Printing

/// What a closed connection says of what was sent, by what the other end did.
@Suite(.timeLimit(.minutes(1))) struct TCPDeliveryTests {
    /// More than the other end's small buffer takes, and less than our system does.
    static let paper = (0..<60_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }

    private func deliver(
        within timeout: Duration = .seconds(20), _ script: @escaping @Sendable (RawPeer.Line) -> Void
    ) async throws -> (error: PrintingError.Code?, received: [UInt8]) {
        let peer = try RawPeer(script)
        defer { peer.end() }
        let connection = try await TCPLink(host: "127.0.0.1", port: peer.port).connect(timeout: .seconds(5))
        do throws(PrintingError) {
            // Whoever breaks off at once may do so before our system has taken the last bytes.
            try await connection.write(Self.paper, timeout: .seconds(20))
            try await connection.finish(timeout: timeout)
        } catch {
            await connection.close()
            return (error.code, peer.received)
        }
        await connection.close()
        return (nil, peer.received)
    }

    @Test("what the other end read to its end was delivered") func readAll() async throws {
        let (error, received) = try await deliver { $0.readToTheEnd() }
        #expect(error == nil)
        #expect(received == Self.paper)
    }

    @Test("one that reads slowly is waited for as long as it goes on") func slow() async throws {
        let (error, received) = try await deliver(within: .milliseconds(400)) { line in
            repeat { usleep(30_000) } while line.read(1_500)
        }
        #expect(error == nil)
        #expect(received == Self.paper)
    }

    @Test("one that stops reading has not taken what our system still holds") func stops() async throws {
        let (error, received) = try await deliver(within: .milliseconds(300)) { line in
            line.read(2_000)
            line.untilOver()
        }
        #expect(error == .stalled)
        #expect(received.count <= 2_000)
    }

    @Test("one that breaks off in the middle has not taken the rest") func breaksOff() async throws {
        let (error, _) = try await deliver { line in
            line.read(2_000)
            line.reset()
        }
        #expect(error == .connectionLost)
    }

    @Test("one that hangs up with bytes unread has not taken them") func hangsUp() async throws {
        let (error, _) = try await deliver { $0.read(2_000) }
        #expect(error == .connectionLost)
    }

    @Test("one that breaks off after the end of our stream may have thrown away what it was sent")
    func breaksOffAfterTheEnd() async throws {
        let (error, _) = try await deliver { line in
            line.readToTheEnd()
            line.reset()
        }
        #expect(error == .connectionLost)
    }

    @Test("one that has taken everything and keeps its side open is not waited for long")
    func staysOpen() async throws {
        let begun = ContinuousClock.now
        let (error, _) = try await deliver { line in
            line.readToTheEnd()
            line.untilOver()
        }
        #expect(error == nil)
        #expect(ContinuousClock.now - begun < .seconds(10))
    }

    @Test("a paper of a printer that proves nothing is printed when all of it was taken, and uncertain when not")
    func session() async throws {
        for stops in [false, true] {
            let peer = try RawPeer { line in
                guard stops else { return line.readToTheEnd() }
                line.read(2_000)
                line.untilOver()
            }
            defer { peer.end() }
            var timeouts = PrinterTimeouts()
            timeouts.probe = .milliseconds(100)
            timeouts.stall = .milliseconds(500)
            for confirmation in [ConfirmationPolicy.none, .auto] {
                let printer = Printer(
                    name: "front", device: .tcp(host: "127.0.0.1", port: peer.port),
                    model: PrinterModel(confirmation: confirmation),
                    timeouts: timeouts)
                printer.memory.wasHeardOut()
                if stops, confirmation == .auto { continue }
                let session = try await printer.open()
                try await session.send(Self.paper)
                let outcome: Result<Printing.Confirmation, PrintingError>
                do throws(PrintingError) {
                    outcome = .success(try await session.complete())
                } catch {
                    outcome = .failure(error)
                }
                await session.close()
                #expect(await session.hasTakenBytes)
                switch outcome {
                case .success(let confirmation): #expect(!stops && confirmation == .written)
                case .failure(let error): #expect(stops && error.code == .stalled, "\(error)")
                }
            }
        }
    }
}
