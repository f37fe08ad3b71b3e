import Foundation

/// Colour for a person at a terminal.
enum Style: String {
    case good = "32"
    case bad = "31"

    init(isWell: Bool) { self = isWell ? .good : .bad }

    /// Not for a file or a pipe, and not where it is not wanted (no-color.org).
    static var isWanted: Bool {
        let environment = ProcessInfo.processInfo.environment
        return isatty(STDOUT_FILENO) == 1 && environment["NO_COLOR", default: ""].isEmpty
            && environment["TERM"] != "dumb"
    }

    /// Select Graphic Rendition (ECMA-48, 8.3.117).
    func apply(_ text: String) -> String { "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" }
}

enum Size {
    static func words(_ bytes: Int) -> String {
        let (unit, name): (Int, String) =
            bytes < 1 << 20 ? (1 << 10, "KiB") : bytes < 1 << 30 ? (1 << 20, "MiB") : (1 << 30, "GiB")
        let tenths = bytes * 10 / unit
        return tenths >= 1_000 || tenths % 10 == 0 ? "\(tenths / 10) \(name)" : "\(tenths / 10).\(tenths % 10) \(name)"
    }
}

extension String {
    /// By what a terminal shows.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - DisplayWidth.of(self)))
    }
}
