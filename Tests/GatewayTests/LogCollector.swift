import Logging
import Synchronization

/// Keeps what is logged, a line each.
final class LogCollector: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock(\.self) }

    func logger() -> Logger { Logger(label: "collector") { _ in Handler(collector: self) } }

    private struct Handler: LogHandler {
        let collector: LogCollector
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let words = metadata.merging(event.metadata ?? [:]) { _, own in own }.map { "\($0)=\($1)" }.sorted()
            collector.kept.withLock {
                $0.append(([event.level.rawValue, "\(event.message)"] + words).joined(separator: " "))
            }
        }
    }
}
