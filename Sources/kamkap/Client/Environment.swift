import Foundation

/// The variables that whoever started the program has set.
enum Environment {
    /// Nil for an empty one as well: scripts leave those behind when they mean none.
    static func value(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
