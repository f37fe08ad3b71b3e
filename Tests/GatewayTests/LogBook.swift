import Logging
import Synchronization

/// Keeps what is logged.
final class LogBook: Sendable {
    struct Line: Sendable {
        let level: Logger.Level
        let text: String
    }

    private let lines = Mutex<[Line]>([])

    var all: [Line] { lines.withLock(\.self) }
    var logger: Logger { Logger(label: "test") { _ in Handler(book: self) } }

    private struct Handler: LogHandler {
        let book: LogBook
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.MetadataValue? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let pairs = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }
            book.lines.withLock { $0.append(Line(level: event.level, text: "\(event.message)" + pairs.joined())) }
        }
    }
}
