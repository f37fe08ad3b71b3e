import FaultPoints
import Foundation
import Simulators

/// Slips are handed in while the gateway is killed and started again, and while their reader fails.
struct SlipRun {
    /// Most slips that wait: the reader takes some 13 a minute.
    private static let waiting = 20
    /// Where the gateway dies while it takes a slip or has it read.
    private static let points: [FaultPoint] = [
        .slipImageKept, .slipKept, .attemptRecorded, .stubAnswered, .showAnswered, .registrationWritten,
    ]

    let kills: Int
    let slips: Int
    let seed: UInt64
    let hasPoints: Bool

    func run(on stage: Stage) async throws -> Report {
        let api = GatewayAPI(socket: stage.socket)
        let crowd = SlipCrowd(api: api, reader: stage.slips)
        var dice = Dice(seed: seed)
        var violations: [String] = []
        let last = try await withThrowingTaskGroup(of: Void.self) { troubles in
            troubles.addTask { await makeTrouble(for: stage.slips) }
            defer { troubles.cancelAll() }
            async let posting: Void = post(by: crowd, api)
            for _ in 0..<kills {
                if let violation = try await live(on: stage, &dice) { violations.append(violation) }
            }
            let last = try GatewayProcess(configuration: stage.configuration, log: stage.log)
            await posting
            try await api.untilUp()
            return last
        }
        await stage.slips.simulator.clearFaults()
        let findings = try await SlipOracle(stage: stage, api: api, acknowledged: crowd.acknowledged)
            .judge(within: .seconds(900))
        if await last.stop() != .exit(0) { violations.append("the gateway did not stop well in the end") }
        return Report(
            rows: [("kills", kills)] + findings.rows, violations: violations + crowd.violations + findings.violations)
    }

    /// One life of the gateway; what was wrong with its end.
    private func live(on stage: Stage, _ dice: inout Dice) async throws -> String? {
        let point = hasPoints && dice.chance(50) ? dice.pick(Self.points) : nil
        let passing = dice.number(1...6)
        return try await stage.life(of: dice.milliseconds(500...45_000), killedAt: point, passing: passing)
    }

    /// Until cancelled.
    private func makeTrouble(for reader: StagedSlips) async {
        var dice = Dice(seed: seed, for: 1)
        while !Task.isCancelled {
            try? await Task.sleep(for: dice.milliseconds(3_000...12_000))
            await reader.injectTrouble(&dice)
        }
    }

    /// No faster than they are read.
    private func post(by crowd: SlipCrowd, _ api: GatewayAPI) async {
        for _ in 0..<slips {
            while !Task.isCancelled, await waitingCount(api) >= Self.waiting {
                try? await Task.sleep(for: .milliseconds(300))
            }
            await crowd.postOne()
        }
    }

    /// So many wait; as many as may if nobody answers.
    private func waitingCount(_ api: GatewayAPI) async -> Int {
        guard let slips = try? await api.slips() else { return Self.waiting }
        return slips.count(where: \.isOwed)
    }
}
