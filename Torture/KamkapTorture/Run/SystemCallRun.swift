import Foundation
import NIOHTTP1

/// System calls on the store's files fail, one after the other, under the real program. It may refuse, and it may end
/// with a message; it may not lose what it acknowledged, hang, or crash.
struct SystemCallRun {
    /// Some of all faults, drawn by the seed; nil for all.
    let sample: Int?
    let seed: UInt64

    func run(on stage: Stage) async throws -> (verdict: Verdict, rows: [(String, Int)]) {
        let library = try await FaultyLibrary.build(in: stage.folder)
        let api = GatewayAPI(socket: stage.socket)
        let crowd = Crowd(api: api, tills: 1)
        let tray = PaperTray(folder: stage.papers)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            for (number, printer) in stage.printers.enumerated() {
                group.addTask { await tray.collect(from: printer, number: number) }
            }
            let counts = try await count(stage, library, crowd, tray)
            var dice = Dice(seed: seed)
            let faults = chosen(SystemCallFault.all(counts: counts), &dice)
            var tally = FaultTally()
            for fault in faults {
                try await FaultyDay(stage: stage, api: api, library: library, fault: fault)
                    .live(crowd, isStopped: dice.chance(30), &tally)
            }
            let last = try GatewayProcess(configuration: stage.configuration, log: stage.log)
            try await api.untilUp()
            let (kept, retried) = try await api.settled(within: .seconds(60) + stage.provider.settling)
            try await Task.sleep(for: .milliseconds(500))
            await tray.takeUncut(from: stage.printers)
            var verdict = try await Oracle(stage: stage, api: api, tray: tray, acknowledged: crowd.acknowledged)
                .judge(kept)
            for violation in crowd.violations + tally.violations { verdict.find(violation) }
            verdict.find(await last.stop() == .exit(0), "the gateway did not stop well in the end")
            return (
                verdict,
                SystemCallFault.Call.allCases.map { ("\($0.rawValue) calls of a run", counts[$0] ?? 0) } + [
                    ("failed calls tried", faults.count), ("did not start, said why", tally.didNotStart),
                    ("ended, said why", tally.endedByItself), ("went on", tally.wentOn),
                    ("sales refused meanwhile", tally.refused), ("sent again by hand", retried),
                ]
            )
        }
    }

    /// How many calls of each kind a day without faults has.
    private func count(
        _ stage: Stage, _ library: URL, _ crowd: Crowd, _ tray: PaperTray
    ) async throws -> [SystemCallFault.Call: Int] {
        let file = stage.folder.appendingPathComponent("counts.log")
        let gateway = try GatewayProcess(
            configuration: stage.configuration, log: stage.log,
            environment: SystemCallFault.none.environment(library: library, folder: stage.folder, counts: file))
        try await crowd.untilUp()
        for _ in 0..<FaultyDay.sales { await crowd.postOne(till: 0) }
        crowd.addAcknowledged(try FaultyDay.putIntoSpool(crowd.next(till: 0), stage))
        let deadline = ContinuousClock.now + .seconds(20)
        while await tray.pieces <= FaultyDay.sales, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(10))
        }
        guard await gateway.stop() == .exit(0) else {
            throw TortureError("the gateway does not run with \(library.path)")
        }
        return try FaultyLibrary.counts(in: file)
    }

    private func chosen(_ faults: [SystemCallFault], _ dice: inout Dice) -> [SystemCallFault] {
        guard let sample, sample < faults.count else { return faults }
        // Evenly over the kinds: writes are many, renames few.
        var all: [SystemCallFault] = []
        for (index, call) in SystemCallFault.Call.allCases.enumerated() {
            let share = (sample + index) / SystemCallFault.Call.allCases.count
            all += faults.filter { $0.call == call }.shuffled(using: &dice).prefix(share).sorted { $0.at < $1.at }
        }
        return all
    }
}

/// How the program handled the faults.
struct FaultTally: Sendable {
    var didNotStart = 0
    var endedByItself = 0
    var wentOn = 0
    var refused = 0
    var violations: [String] = []
}
