import ArgumentParser
import Dispatch
import FaultPoints
import Foundation

/// Proves with the real program that nothing is lost and nothing comes twice: see CONTRIBUTING.md, "Torture".
@main
struct KamkapTorture: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "torture", abstract: "Kills the gateway, breaks what is around it, and counts sales and papers.")

    @Option(help: "Who registers the sales.") var provider = ProviderChoice.slime
    @Option(help: "How often the gateway is killed at a random moment.") var kills = 25
    @Option(help: "How many sales the tills post meanwhile.") var sales = 400
    @Option(help: "Tills, each with a printer of its own.") var tills = 8
    @Option(help: "What the random moments are drawn from; printed, so that they can be drawn again.") var seed: UInt64?
    @Flag(help: "Each kill also loses what was written and not synced.") var powerCuts = false
    @Flag(help: "Die at each fault point instead.") var points = false
    @Flag(help: "Let system calls on the store's files fail instead, one after the other.") var syscalls = false
    @Option(help: "With --syscalls, so many of them.") var sample: Int?
    @Option(help: "Hand in so many payment slips instead, with kills and a reader that fails.") var slips: Int?
    @Option(help: "Drop so many suppliers' invoices instead, with kills and services that fail.") var invoices: Int?

    func validate() throws {
        guard (1...64).contains(tills) else { throw ValidationError("--tills: expected 1 to 64") }
        guard kills >= 0, (0..<NumberedSale.limit).contains(sales) else {
            throw ValidationError("--sales: expected 0 to \(NumberedSale.limit - 1), --kills: at least 0")
        }
    }

    func run() async throws {
        let seed = seed ?? UInt64.random(in: 1...999_999)
        let begun = ContinuousClock.now
        let interruptions = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { GatewayProcess.abandonAll() }
            source.resume()
            return source
        }
        defer { for source in interruptions { source.cancel() } }
        let hasPassed = try await Stage.open(
            tills: syscalls || slips != nil || invoices != nil ? 1 : points ? min(tills, 3) : tills, provider: provider
        ) { stage in
            let report: Report
            do {
                report = try await torture(stage, seed)
            } catch {
                report = Report(rows: [], violations: ["broken off: \(error)"])
            }
            return report.tell(of: stage, seed: seed, took: ContinuousClock.now - begun)
        }
        await GatewayAPI.shutdown()
        if !hasPassed { throw ExitCode(1) }
    }

    private func torture(_ stage: Stage, _ seed: UInt64) async throws -> Report {
        if points {
            say("Dying at every fault point")
            return Report(try await PointRun().run(on: stage))
        }
        if syscalls {
            say("Failing \(sample.map { "\($0) of the" } ?? "all") system calls on the store's files, --seed \(seed)")
            return Report(try await SystemCallRun(sample: sample, seed: seed).run(on: stage))
        }
        if let slips {
            say("\(kills) kills over \(slips) payment slips, --seed \(seed)")
            return try await SlipRun(kills: kills, slips: slips, seed: seed, hasPoints: FaultPoint.areBuiltIn)
                .run(on: stage)
        }
        if let invoices {
            say("\(kills) kills over \(invoices) suppliers' invoices, --seed \(seed)")
            return try await InvoiceRun(kills: kills, invoices: invoices, seed: seed, hasPoints: FaultPoint.areBuiltIn)
                .run(on: stage)
        }
        say(
            "\(kills) \(powerCuts ? "power cuts" : "kills") over \(sales) sales of \(tills) tills at \(stage.provider.title), --seed \(seed)"
        )
        return Report(
            try await RandomRun(
                kills: kills, sales: sales, tills: tills, seed: seed, hasPoints: FaultPoint.areBuiltIn,
                cutsPower: powerCuts
            ).run(on: stage))
    }
}
