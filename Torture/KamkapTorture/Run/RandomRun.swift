import FaultPoints
import Foundation
import Synchronization

/// Tills post sales while the gateway is killed and started again, and the provider and the printers fail.
struct RandomRun {
    let kills: Int
    let sales: Int
    let tills: Int
    let seed: UInt64
    /// Whether the program has fault points.
    let hasPoints: Bool
    /// Whether a kill loses what was not synced.
    let cutsPower: Bool

    func run(on stage: Stage) async throws -> (verdict: Verdict, rows: [(String, Int)]) {
        let api = GatewayAPI(socket: stage.socket)
        let crowd = Crowd(api: api, tills: tills)
        let tray = PaperTray(folder: stage.papers)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            for (number, printer) in stage.printers.enumerated() {
                group.addTask { await tray.collect(from: printer, number: number) }
            }
            let library = cutsPower ? try await FaultyLibrary.build(in: stage.folder) : nil
            var killer = Killer(
                stage: stage, api: api, dice: Dice(seed: seed), hasPoints: hasPoints, library: library)
            let begun = ContinuousClock.now
            try await withThrowingTaskGroup(of: Void.self) { troubles in
                troubles.addTask {
                    var trouble = ProviderTrouble(
                        provider: stage.provider, relay: stage.relay, dice: Dice(seed: seed, for: 1))
                    await trouble.run()
                }
                troubles.addTask {
                    var customers = Customers(provider: stage.provider, dice: Dice(seed: seed, for: 1_000))
                    await customers.run()
                }
                troubles.addTask {
                    var staff = ImpatientStaff(api: api, dice: Dice(seed: seed, for: 2_000))
                    await staff.run()
                }
                for (number, printer) in stage.printers.enumerated() {
                    troubles.addTask {
                        var trouble = PrinterTrouble(printer: printer, dice: Dice(seed: seed, for: 2 + number))
                        await trouble.run()
                    }
                }
                // They go on until all sales are posted.
                defer { troubles.cancelAll() }
                async let posting: Void = crowd.post(sales) { await tray.pieces }
                // Half by the sales taken, half by the papers: it also dies while it registers and prints.
                try await killer.run(kills: kills, sales: sales) {
                    (crowd.acknowledgedCount + (await tray.pieces)) / 2
                }
                await posting
            }
            let posted = ContinuousClock.now - begun
            let settling = ContinuousClock.now
            let (_, retried) = try await api.settled(within: .seconds(900))
            let kept = try await api.archived(stage.provider.documentsToArchive(), within: .seconds(600))
            let settled = ContinuousClock.now - settling
            try await Task.sleep(for: .milliseconds(500))
            await tray.takeUncut(from: stage.printers)
            var verdict = try await Oracle(stage: stage, api: api, tray: tray, acknowledged: crowd.acknowledged)
                .judge(kept)
            for violation in crowd.violations + killer.violations { verdict.find(violation) }
            verdict.find(crowd.acknowledged.count == sales, "\(crowd.acknowledged.count) of \(sales) acknowledged")
            verdict.find(await killer.stop() == .exit(0), "the gateway did not stop well in the end")
            return (
                verdict,
                [
                    ("kills", killer.count), ("of them at a named point", killer.atPoints),
                    ("unsynced writes lost", killer.writesLost),
                    ("seconds of kills", Int(posted / .seconds(1))), ("seconds to settle", Int(settled / .seconds(1))),
                    ("sent again by hand", retried),
                ]
            )
        }
    }
}
