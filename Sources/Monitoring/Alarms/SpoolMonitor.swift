import Synchronization

/// Where the spool's figures are read, once a spool runs.
public final class SpoolMonitor: Sendable {
    private let source = Mutex<(@Sendable () -> SpoolFigures)?>(nil)

    public init() {}

    public func follow(_ figures: @escaping @Sendable () -> SpoolFigures) {
        source.withLock { $0 = figures }
    }

    /// Nil if there is no spool.
    public var figures: SpoolFigures? { source.withLock(\.self)?() }
}
