import Synchronization

/// Where the spools' figures are read, once they run.
public final class SpoolMonitor: Sendable {
    private let sources = Mutex<[@Sendable () -> SpoolFigures]>([])

    public init() {}

    public func follow(_ figures: @escaping @Sendable () -> SpoolFigures) {
        sources.withLock { $0.append(figures) }
    }

    /// Of all of them together; nil if there is no spool.
    public var figures: SpoolFigures? { SpoolFigures(joining: sources.withLock(\.self).map { $0() }) }
}
