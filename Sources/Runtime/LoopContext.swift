public import Logging

/// What every loop of the gateway gets.
public struct LoopContext: Sendable {
    public var clock: GatewayClock
    /// Nil if nobody watches whether the loop is alive.
    public var heartbeat: Heartbeat?
    public var logger: Logger

    public init(clock: GatewayClock = .system, heartbeat: Heartbeat? = nil, logger: Logger) {
        self.clock = clock
        self.heartbeat = heartbeat
        self.logger = logger
    }
}
