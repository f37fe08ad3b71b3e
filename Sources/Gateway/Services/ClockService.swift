import Foundation
public import Journey
import Logging
public import Monitoring
public import Outbox
public import Runtime
public import ServiceLifecycle

/// Keeps the gateway's times: notices when somebody sets the machine's clock, and stores counted time for the next run.
public actor ClockService: Service {
    private static let interval: TimeInterval = 10
    /// How much counted time a crash and a boot after it may lose.
    private static let keptEvery: TimeInterval = 60

    /// What the machine counts by itself.
    public struct Boot: Sendable {
        public let id: String?
        public let elapsed: Duration

        public init(id: String?, elapsed: Duration) {
            self.id = id
            self.elapsed = elapsed
        }
    }

    private let outbox: Outbox
    private let watch: ClockMonitor
    private let start: CountedStart
    private var proof: TimeMark.Proof?
    /// Whether it is still open how long the machine was off before this run.
    public private(set) var isOpen: Bool
    private let boot: @Sendable () -> Boot
    private let clock: GatewayClock
    private let heartbeat: Heartbeat?
    private let logger: Logger

    /// - Parameter start: where counted time went on when this run began.
    public init(
        outbox: Outbox, watch: ClockMonitor, start: CountedStart, boot: @escaping @Sendable () -> Boot,
        context: LoopContext
    ) {
        self.outbox = outbox
        self.watch = watch
        self.start = start
        (proof, isOpen) = (start.proof, start.isOpen)
        self.boot = boot
        clock = context.clock
        heartbeat = context.heartbeat
        logger = context.logger
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown { await self.lookRegularly() }
        // Done although the task is cancelled: the next run counts from here.
        await keep()
    }

    private func lookRegularly() async {
        var keepAt = clock.now
        while !Task.isCancelled {
            heartbeat?.beat()
            let moved = watch.look()
            if let moved {
                logger.notice("machine clock was set", metadata: [LogKey.drift: "\(Int(moved.rounded()))"])
            }
            await settle()
            if moved != nil || clock.now >= keepAt {
                await keep()
                keepAt = clock.now + Self.keptEvery
            }
            try? await clock.sleep(until: clock.now + Self.interval)
        }
    }

    /// Once a witness confirms the clock, what waits from before this run gets its true age.
    public func settle() async {
        guard isOpen, watch.evidence.isBorneOut else { return }
        let missing = start.missing(at: clock.now, shown: clock.shown)
        isOpen = false
        do {
            // In one commit with the mark: nothing is made older twice.
            try await outbox.age(by: missing, before: start.counted, keeping: mark())
        } catch {
            isOpen = true
            return
        }
        guard missing >= 1 else { return }
        logger.notice(
            "time while the machine was off is now known",
            metadata: [LogKey.drift: "\(Int(missing.rounded()))"])
    }

    /// If it cannot be stored, an older mark does: then some time is just not counted. Other services report a failed
    /// disk.
    private func keep() async {
        try? await outbox.keepTime(mark())
    }

    private func mark() -> TimeMark {
        let boot = boot()
        let now = clock.now
        // While it is open, the last proof shows how long the machine was off.
        if !isOpen, watch.evidence.isBorneOut { proof = TimeMark.Proof(counted: now, shown: clock.shown) }
        return TimeMark(counted: now, bootID: boot.id, sinceBoot: boot.elapsed, proof: proof, isOpen: isOpen)
    }
}
