import Testing

@testable import Simulators

@Suite(.timeLimit(.minutes(1)))
struct MilestoneTests {
    @Test("everybody who waits for a mark goes on once it is reached, and nobody before")
    func reached() async throws {
        let milestone = Milestone("steps")
        async let third: Void = milestone.wait(for: 3, within: .seconds(10))
        async let first: Void = milestone.wait(for: 1, within: .seconds(10))
        milestone.advance(to: 1)
        try await first
        milestone.advance(to: 5)
        try await third
        try await milestone.wait(for: 5, within: .zero)
        milestone.advance(to: 2)
        #expect(milestone.reached == 5)
    }

    @Test("a wait ends at its limit, and says what was waited for")
    func limit() async {
        let error = await #expect(throws: SimulatorError.self) {
            try await Milestone("steps").wait(for: 1, within: .milliseconds(10))
        }
        #expect(error?.code == .timedOut)
        #expect(error?.message.contains("1 steps") == true)
    }

    @Test("a wait that is cancelled ends")
    func cancelled() async {
        let milestone = Milestone("steps")
        let wait = Task { try await milestone.wait(for: 1, within: .seconds(60)) }
        wait.cancel()
        await #expect(throws: CancellationError.self) { try await wait.value }
    }

    @Test("nobody waits for what has stopped, but what was reached stays reached")
    func stopped() async throws {
        let milestone = Milestone("steps")
        milestone.advance(to: 1)
        let second = Task { try await milestone.wait(for: 2, within: .seconds(60)) }
        milestone.stop(SimulatorError(.stopped, "over"))
        await #expect(throws: SimulatorError.self) { try await second.value }
        await #expect(throws: SimulatorError.self) { try await milestone.wait(for: 3, within: .seconds(60)) }
        try await milestone.wait(for: 1, within: .seconds(60))
    }
}
