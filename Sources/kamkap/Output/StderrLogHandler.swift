import Foundation
import Logging

/// One line for each event on standard error, in logfmt. Under systemd each begins with the level that journald reads
/// (sd-daemon(3)), elsewhere with the level's name.
struct StderrLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    private let forJournal: Bool

    /// A log call holds a thread, and there are only as many threads as cores.
    private static let limit: Duration = .milliseconds(50)

    init(level: Logger.Level, forJournal: Bool) {
        logLevel = level
        self.forJournal = forJournal
    }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, own in own }
        let pairs = all.sorted { $0.key < $1.key }.map { " \($0.key)=\(Self.value("\($0.value)"))" }
        let line = prefix(event.level) + Self.escaped("\(event.message)") + pairs.joined() + "\n"
        StandardError.write(line, waiting: Self.limit)
    }

    private func prefix(_ level: Logger.Level) -> String {
        guard forJournal else { return level.rawValue.padding(toLength: 9, withPad: " ", startingAt: 0) }
        switch level {
        case .trace, .debug: return "<7>"
        case .info: return "<6>"
        case .notice: return "<5>"
        case .warning: return "<4>"
        case .error: return "<3>"
        case .critical: return "<2>"
        }
    }

    private static func value(_ text: String) -> String {
        let escaped = escaped(text)
        let needsQuotes = escaped.isEmpty || escaped.contains { $0 == " " || $0 == "=" || $0 == "\"" }
        return needsQuotes ? "\"\(escaped.replacing("\"", with: "\\\""))\"" : escaped
    }

    /// Text from outside cannot begin a line of its own, control a terminal, or flood the log.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars.prefix(1_000) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

enum Logs {
    /// Call it once, as the first step of a command that logs.
    static func bootstrap(level: Logger.Level) {
        let forJournal = Environment.value("JOURNAL_STREAM") != nil
        LoggingSystem.bootstrap { _ in StderrLogHandler(level: level, forJournal: forJournal) }
    }
}
