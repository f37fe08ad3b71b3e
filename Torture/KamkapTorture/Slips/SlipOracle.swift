import Foundation
import Simulators

/// Compares the slips that were acknowledged with what the gateway shows of them and what their reader was asked for.
struct SlipOracle: Sendable {
    /// How often a slip is read at most without a person: once, and once more after an attempt of unknown end.
    private static let mostJobs = 2

    let stage: Stage
    let api: GatewayAPI
    let acknowledged: [NumberedSlip]

    struct Findings: Sendable {
        var rows: [(String, Int)] = []
        var violations: [String] = []
    }

    /// - Parameter limit: how long slips may take to be read.
    func judge(within limit: Duration) async throws -> Findings {
        let (slips, retried) = try await api.settledSlips(within: limit)
        let simulator = stage.slips.simulator
        let jobs = await simulator.jobsByDigest()
        let totals = await simulator.totals
        var findings = Findings()
        func find(_ holds: Bool, _ words: @autoclosure () -> String) {
            if !holds { findings.violations.append(words()) }
        }
        let byAccount = Dictionary(grouping: slips.filter { $0.read != nil }) { $0.read?.fromAccount ?? "" }
        find(slips.count == acknowledged.count, "\(acknowledged.count) slips acknowledged, \(slips.count) kept")
        for slip in slips where slip.state != "matched" { find(false, "the slip \(slip.id) is \(slip.state)") }
        var again = 0
        for slip in acknowledged {
            let count = jobs[slip.digest] ?? 0
            let kept = byAccount[String(format: "xxx-x-x%04d-x", slip.number)] ?? []
            find(kept.count == 1, "slip \(slip.number): acknowledged, and \(kept.count) show its transfer")
            guard let own = kept.first else { continue }
            find(own.sale == (slip.order == .withoutSale ? nil : slip.sale.id), "slip \(slip.number): another's sale")
            let byHand = retried.contains(own.id) ? Self.mostJobs : 0
            find(count >= 1, "slip \(slip.number): said to be read, and no job was made")
            find(count <= Self.mostJobs + byHand, "slip \(slip.number): \(count) jobs")
            find(count == 1 || own.mayBeCharged, "slip \(slip.number): \(count) jobs, and that is not shown")
            again += max(0, count - 1)
        }
        let own = Set(acknowledged.map(\.digest))
        for digest in jobs.keys { find(own.contains(digest), "a picture was read that nobody handed in: \(digest)") }
        find(totals.mostUploads <= 20, "\(totals.mostUploads) uploads within a minute")
        find(totals.mostOthers <= 60, "\(totals.mostOthers) other calls within a minute")
        let log = try String(contentsOf: stage.log, encoding: .utf8)
        for hidden in stage.slips.hidden {
            find(!log.contains(hidden), "the log holds what is never logged: \(hidden.prefix(8))…")
        }
        let files = try FileManager.default.contentsOfDirectory(
            atPath: stage.folder.appendingPathComponent("slips").path
        ).filter { !$0.hasPrefix(".") }
        findings.rows = [
            ("slips acknowledged", acknowledged.count), ("read, and they agree", slips.count { $0.state == "matched" }),
            ("credits spent", totals.creditsCharged), ("read once more", again),
            ("shown as maybe charged twice", slips.count(where: \.mayBeCharged)),
            ("sent again by hand", retried.count), ("pictures kept", files.count),
            ("most uploads in a minute", totals.mostUploads), ("most other calls in a minute", totals.mostOthers),
        ]
        return findings
    }
}
