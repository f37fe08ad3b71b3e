import Foundation
import Simulators

// What happens around a death.
extension PointRun {
    func prepare(_ scene: Scene, _ stage: Stage) async {
        switch scene {
        case .drop:
            // Behind the bytes that bring a printer into step after a start: some 6,200.
            for printer in stage.printers { await printer.inject(.dropAfter(bytes: 11_000)) }
        case .fallback: await stage.printers[0].set(.coverOpen)
        case .sales, .slips, .spool, .refusals, .documents, .flood: break
        }
    }

    /// Goes on until the gateway is dead.
    func play(_ scene: Scene, _ stage: Stage, _ cast: Cast, until isDead: @escaping @Sendable () -> Bool) async {
        let crowd = cast.tills
        var till = 0
        var customers = Customers(provider: stage.provider, dice: Dice(seed: 1))
        while !isDead(), !Task.isCancelled {
            switch scene {
            case .sales, .drop:
                till = (till + 1) % stage.printers.count
                await crowd.postOne(till: till)
            case .fallback: await crowd.postOne(till: 0)
            case .documents:
                await crowd.postOne(till: 0, prints: false)
                await customers.act()
            case .slips: await cast.slips.postOne()
            case .flood: await crowd.post(60, prints: false)
            case .spool:
                // None if the gateway has not made the folder yet.
                if let sale = try? FaultyDay.putIntoSpool(crowd.next(till: 0), stage) { crowd.addAcknowledged(sale) }
            case .refusals:
                till += 1
                try? FaultyDay.putIntoSpool("{}", name: "refused-\(UInt64.random(in: 0 ... .max))-\(till)", stage)
            }
            try? await Task.sleep(for: scene.pause)
        }
    }

    /// The faults of the refused files: each must be explained, no explanation may lack its file, and none may be left.
    func refusals(_ stage: Stage) throws -> [String] {
        let (ending, explanation) = (".json", ".problem.json")
        let names = try FileManager.default.contentsOfDirectory(
            atPath: stage.spool.appendingPathComponent("rejected").path)
        let explained = Set(names.filter { $0.hasSuffix(explanation) }.map { $0.dropLast(explanation.count) })
        let files = Set(
            names.filter { $0.hasSuffix(ending) && !$0.hasSuffix(explanation) }.map { $0.dropLast(ending.count) })
        return files.subtracting(explained).map { "the refused file \($0) has no explanation" }
            + explained.subtracting(files).map { "the explanation of \($0) explains no file" }
            + (files.isEmpty ? ["no file was refused"] : [])
    }

    /// Dies while the provider, which has acted, is slow to answer.
    func die(
        during call: String, _ stage: Stage, _ cast: Cast, _ scenes: inout ThrowingTaskGroup<Void, any Error>
    ) async throws -> String? {
        await stage.provider.delay(call)
        let gateway = try GatewayProcess(configuration: stage.configuration, log: stage.log)
        scenes.addTask { await play(.sales, stage, cast) { gateway.hasEnded } }
        let limit = stage.provider.quietAfterDeath + .seconds(20)
        let deadline = ContinuousClock.now + limit
        while await stage.provider.hasFaults {
            guard ContinuousClock.now < deadline else {
                await gateway.kill()
                // The next scene waits for its own call.
                await stage.provider.clearFaults()
                return "\(call): not called within \(limit)"
            }
            try await Task.sleep(for: .milliseconds(2))
        }
        let end = await gateway.kill()
        return end == .killed ? nil : "\(call): the gateway ended by itself"
    }
}

extension PointRun.Scene {
    /// Between two of what goes on.
    fileprivate var pause: Duration {
        switch self {
        case .sales, .drop, .fallback, .flood: .milliseconds(40)
        case .spool, .refusals, .documents: .milliseconds(150)
        // Few calls of their reader are free in a minute.
        case .slips: .seconds(2)
        }
    }
}
