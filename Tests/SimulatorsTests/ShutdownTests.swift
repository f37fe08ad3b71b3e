import Logging
import ServiceLifecycle
import Testing

@testable import Simulators

@Suite(.timeLimit(.minutes(1)))
struct ShutdownTests {
    @Test("asked to stop, all simulators do so although connections are open and an answer is due in an hour")
    func graceful() async throws {
        let slime = SlimeSimulator()
        let billgate = BillgateSimulator()
        let printer = VirtualPrinter()
        await slime.inject(.init(.slow(.seconds(3600))))
        await billgate.inject(.init(.slow(.seconds(3600))))
        let group = ServiceGroup(services: [slime, billgate, printer], logger: Logger(label: "test"))
        let running = Task { try await group.run() }
        let line = try await Dialler.connect(port: printer.address().port)
        try await line.send(Escpos.status(1))
        _ = try await line.hear(1)
        let caller = SlimeCaller(simulator: slime, endpoint: try await slime.endpoint())
        let late = Task { try await caller.call("test/hello", #"{"name":"x"}"#) }
        let other = BillgateCaller(simulator: billgate, endpoint: try await billgate.endpoint())
        let alsoLate = Task { try await other.call("GET", "/v1/receipts") }
        try await slime.waitForCalls(atLeast: 1)
        try await billgate.waitForCalls(atLeast: 1)
        await group.triggerGracefulShutdown()
        try await running.value
        _ = try await line.untilClosed()
        await #expect(throws: (any Error).self) { try await late.value }
        await #expect(throws: (any Error).self) { try await alsoLate.value }
        let error = await #expect(throws: SimulatorError.self) { try await printer.paper(atLeast: 1) }
        #expect(error?.code == .stopped)
    }
}
