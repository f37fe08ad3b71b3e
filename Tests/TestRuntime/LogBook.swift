public import Logging
import Synchronization

/// Keeps what is logged.
public final class LogBook: Sendable {
    public struct Line: Sendable {
        public let level: Logger.Level
        public let text: String
    }

    private let lines = Mutex<[Line]>([])

    public init() {}

    public var all: [Line] { lines.withLock(\.self) }
    public var logger: Logger { Logger(label: "test") { _ in Handler(book: self) } }

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
