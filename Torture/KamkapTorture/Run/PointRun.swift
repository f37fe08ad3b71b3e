import FaultPoints
import Foundation
import Simulators

/// The gateway dies at each fault point in turn, with sales before, at and after it, and each start finds what the last
/// death left. All use one store: the oracle finds in the end what any death broke.
struct PointRun {
    /// A death that is to come.
    struct Death: Sendable, CustomStringConvertible {
        let point: FaultPoint
        var passing = 1
        var scene = Scene.sales
        var description: String { "\(point.rawValue):\(passing)" }
    }

    /// Who takes part.
    struct Cast: Sendable {
        let tills: Crowd
        let slips: SlipCrowd
    }

    /// What goes on until then.
    enum Scene: Sendable {
        case sales
        /// The printer drops the connection in mid-paper.
        case drop
        /// The printer cannot print, and the fallback takes over.
        case fallback
        /// Files in the spool.
        case spool
        /// Files in the spool that are refused.
        case refusals
        /// Customers have documents made.
        case documents
        /// Payment slips, and nothing else.
        case slips
        /// Hundreds of sales, until the log is written back.
        case flood
    }

    /// Every point at its first pass, and points whose later passes are other transitions also at those.
    static var deaths: [Death] {
        FaultPoint.allCases.flatMap { point -> [Death] in
            switch point {
            case .commitWritten, .commitSynced: (1...8).map { Death(point: point, passing: $0) }
            case .pieceSent: (1...3).map { Death(point: point, passing: $0) }
            case .checkpointDue, .checkpointDone: [Death(point: point, scene: .flood)]
            case .spoolKept, .spoolMoved: [Death(point: point, scene: .spool)]
            case .spoolExplained: (1...2).map { Death(point: point, passing: $0, scene: .refusals) }
            case .streamAnswered, .streamWritten: [Death(point: point, scene: .documents)]
            case .fileArchived: (1...2).map { Death(point: point, passing: $0, scene: .documents) }
            case .slipImageKept, .slipKept: [Death(point: point, scene: .slips)]
            case .printMoved: [Death(point: point, scene: .fallback)]
            case .printEnded, .printWritten: [Death(point: point), Death(point: point, scene: .drop)]
            // What a slip's picture, job and result pass, too.
            case .attemptRecorded, .stubAnswered:
                [Death(point: point), Death(point: point, passing: 2)]
                    + (1...2).map { Death(point: point, passing: $0, scene: .slips) }
            case .showAnswered, .registrationWritten:
                [Death(point: point), Death(point: point, passing: 2), Death(point: point, scene: .slips)]
            // No scene here has invoices of suppliers: a run of its own does.
            case .invoicePublished, .invoiceCreated, .invoiceProcessed, .readingKept: []
            // Only a start that finds a print begun passes it.
            case .interruptedSettled: [Death(point: .printBegan), Death(point: point)]
            default: [Death(point: point), Death(point: point, passing: 2)]
            }
        }
    }

    private static let limit: Duration = .seconds(20)

    func run(on stage: Stage) async throws -> (verdict: Verdict, rows: [(String, Int)]) {
        let api = GatewayAPI(socket: stage.socket)
        // Slips first: their reader takes its time, and what a death left of them goes on beside the others.
        let deaths =
            Self.deaths.filter { $0.scene == .slips }
            + Self.deaths.filter { $0.scene != .slips && ($0.scene != .documents || stage.provider is StagedSlime) }
        let cast = Cast(
            tills: Crowd(api: api, tills: stage.printers.count), slips: SlipCrowd(api: api, reader: stage.slips))
        let crowd = cast.tills
        let tray = PaperTray(folder: stage.papers)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            for (number, printer) in stage.printers.enumerated() {
                group.addTask { await tray.collect(from: printer, number: number) }
            }
            var violations: [String] = []
            // What goes on around a death ends with the next start, which takes what was not acknowledged.
            let last = try await withThrowingTaskGroup(of: Void.self) { scenes in
                for death in deaths {
                    if let violation = try await die(death, stage, cast, &scenes) { violations.append(violation) }
                }
                for call in stage.provider.callsToDieIn {
                    if let violation = try await die(during: call, stage, cast, &scenes) {
                        violations.append(violation)
                    }
                }
                let last = try GatewayProcess(configuration: stage.configuration, log: stage.log)
                await crowd.postOne(till: 0)
                try await scenes.waitForAll()
                return last
            }
            let (_, retried) = try await api.settled(within: stage.provider.settling)
            let kept = try await api.archived(stage.provider.documentsToArchive(), within: .seconds(60))
            try await Task.sleep(for: .milliseconds(500))
            await tray.takeUncut(from: stage.printers)
            for slip in cast.slips.acknowledged where slip.order != .withoutSale { crowd.addAcknowledged(slip.sale) }
            let slips = try await SlipOracle(stage: stage, api: api, acknowledged: cast.slips.acknowledged)
                .judge(within: .seconds(180))
            var verdict = try await Oracle(stage: stage, api: api, tray: tray, acknowledged: crowd.acknowledged)
                .judge(kept)
            for violation in cast.slips.violations + slips.violations + crowd.violations + violations {
                verdict.find(violation)
            }
            verdict.find(await last.stop() == .exit(0), "the gateway did not stop well in the end")
            for violation in try refusals(stage) { verdict.find(violation) }
            return (
                verdict,
                [
                    ("fault points", FaultPoint.allCases.count),
                    ("deaths", deaths.count + stage.provider.callsToDieIn.count),
                    ("sent again by hand", retried),
                ] + slips.rows
            )
        }
    }

    /// Starts the gateway, runs the scene until the gateway is dead, and returns what was wrong with its death.
    private func die(
        _ death: Death, _ stage: Stage, _ cast: Cast, _ scenes: inout ThrowingTaskGroup<Void, any Error>
    ) async throws -> String? {
        await prepare(death.scene, stage)
        let gateway = try GatewayProcess(
            configuration: stage.configuration, log: stage.log,
            environment: ["KAMKAP_KILL_AT": death.description])
        // Sales without an acknowledgement are posted to the next one.
        scenes.addTask { await play(death.scene, stage, cast) { gateway.hasEnded } }
        let end = await gateway.end(within: Self.limit)
        if end == nil { await gateway.kill() }
        for printer in stage.printers { await printer.set(.ready) }
        switch end {
        case .killed: return nil
        case nil: return "\(death): not passed within \(Self.limit)"
        case let end?: return "\(death): ended by itself, \(end)"
        }
    }
}
