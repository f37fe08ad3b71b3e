import Foundation

/// The environment variables of the program.
enum Environment {
    /// Nil for an empty one as well: scripts leave those behind when they mean none.
    static func value(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
