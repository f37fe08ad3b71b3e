import Foundation
import Gateway
import Host
import Journey
import Logging
import Monitoring
import Outbox
import RemoteServices
import Runtime

// The gateway's times, and the evidence about the machine's clock.
extension Start {
    /// Goes on from where the previous run ended. Nothing may have been measured yet.
    func resumeTime(of outbox: Outbox) async throws(OutboxError) -> CountedStart {
        let start = CountedStart(
            after: try await outbox.keptTime(), newestSale: try await outbox.newestSale(), shown: Date(),
            isBorneOut: MachineClock.isSynchronised, bootID: MachineClock.bootID, sinceBoot: MachineClock.sinceBoot)
        Timeline.process.resume(at: start.counted)
        return start
    }

    func clockMonitor(of outbox: Outbox, provider: any SaleProvider) async throws -> ClockMonitor {
        let newest: TimeMark.Proof?
        do { newest = try await outbox.newestSale() } catch { throw CommandExit(.inputOutput, error.message) }
        let isSandbox = isSandbox
        return ClockMonitor(
            newestSale: newest?.shown, released: Version.released,
            isSynchronised: { MachineClock.isSynchronised },
            providerTime: {
                guard !isSandbox, let heard = provider.lastTime else { return nil }
                return ClockEvidence.ProviderTime(date: heard.date, age: heard.age)
            })
    }

    /// If it is not known how long the machine was off, and papers wait from before, the provider is asked for the time
    /// before anything else: yesterday's papers must not come out in the morning.
    func clockService(
        of opened: OpenedOutbox, watch: ClockMonitor, provider: any SaleProvider, context: LoopContext
    ) async -> ClockService {
        let service = ClockService(
            outbox: opened.outbox, watch: watch, start: opened.start,
            boot: { .init(id: MachineClock.bootID, elapsed: MachineClock.sinceBoot) }, context: context)
        if opened.start.isOpen, let queued = try? await opened.outbox.queuedPrints(), !queued.isEmpty {
            if !watch.evidence.isBorneOut { _ = await provider.probe() }
            await service.settle()
        }
        return service
    }
}
