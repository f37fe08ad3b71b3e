import FaultPoints
import Foundation

/// Suppliers' invoices are dropped while the gateway is killed and started again, and while their reader and the store fail.
struct InvoiceRun {
    /// Where the gateway dies while it takes an invoice or has it read.
    private static let points: [FaultPoint] = [
        .spoolKept, .spoolMoved, .attemptRecorded, .stubAnswered, .showAnswered, .registrationWritten,
        .invoicePublished, .invoiceCreated, .invoiceProcessed, .readingKept,
    ]

    let kills: Int
    let invoices: Int
    let seed: UInt64
    let hasPoints: Bool

    func run(on stage: Stage) async throws -> Report {
        var dice = Dice(seed: seed)
        var violations: [String] = []
        let dropped = (1...max(invoices, 1)).map { NumberedInvoice(number: $0) }
        let incoming = stage.folder.appendingPathComponent("invoices/incoming")
        try FileManager.default.createDirectory(at: incoming, withIntermediateDirectories: true)
        let last = try await withThrowingTaskGroup(of: Void.self) { troubles in
            troubles.addTask { await makeTrouble(for: stage.invoices) }
            defer { troubles.cancelAll() }
            // Some before each life, so that each finds new ones and those that the last left.
            var rest = dropped[...]
            for life in 0..<kills {
                let share = rest.prefix(
                    max(1, dropped.count / max(kills, 1)) + (life == 0 ? dropped.count % max(kills, 1) : 0))
                for invoice in share { try invoice.drop(into: incoming) }
                rest = rest.dropFirst(share.count)
                if let violation = try await live(on: stage, &dice) { violations.append(violation) }
            }
            for invoice in rest { try invoice.drop(into: incoming) }
            let last = try GatewayProcess(configuration: stage.configuration, log: stage.log)
            // All may have been read already: a gateway that still starts is no judge of how it stops.
            try await GatewayAPI(socket: stage.socket).untilUp()
            return last
        }
        await stage.invoices.clearFaults()
        let oracle = InvoiceOracle(stage: stage, dropped: dropped)
        try await oracle.settled(within: .seconds(900))
        let findings = try await oracle.judge()
        if await last.stop() != .exit(0) { violations.append("the gateway did not stop well in the end") }
        return Report(rows: [("kills", kills)] + findings.rows, violations: violations + findings.violations)
    }

    /// One life of the gateway; what was wrong with its end.
    private func live(on stage: Stage, _ dice: inout Dice) async throws -> String? {
        let point = hasPoints && dice.chance(60) ? dice.pick(Self.points) : nil
        let passing = dice.number(1...4)
        return try await stage.life(of: dice.milliseconds(500...12_000), killedAt: point, passing: passing)
    }

    /// Until cancelled.
    private func makeTrouble(for services: StagedInvoices) async {
        var dice = Dice(seed: seed, for: 1)
        while !Task.isCancelled {
            try? await Task.sleep(for: dice.milliseconds(1_000...5_000))
            await services.injectTrouble(&dice)
        }
    }
}
