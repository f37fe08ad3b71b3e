import Foundation

/// Colour for a person at a terminal.
enum Style: String {
    case good = "32"
    case bad = "31"

    init(isWell: Bool) { self = isWell ? .good : .bad }

    /// Not for a file or a pipe, and not if the user does not want it (no-color.org).
    static var isWanted: Bool {
        isatty(STDOUT_FILENO) == 1 && Environment.value("NO_COLOR") == nil && Environment.value("TERM") != "dumb"
    }

    /// Select Graphic Rendition (ECMA-48, 8.3.117).
    func apply(_ text: String) -> String { "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" }
}
