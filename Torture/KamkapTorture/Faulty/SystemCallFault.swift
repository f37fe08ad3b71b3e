import Foundation

/// A system call on the store's files that fails: see faulty.c.
struct SystemCallFault: Sendable, CustomStringConvertible {
    enum Call: String, Sendable, CaseIterable {
        case write, sync, open, rename

        /// What Linux may answer to it, short of a bug.
        var errors: [(name: String, number: Int32)] {
            switch self {
            case .write: [("ENOSPC", ENOSPC), ("EIO", EIO)]
            case .sync: [("EIO", EIO), ("ENOSPC", ENOSPC)]
            case .open: [("EMFILE", EMFILE), ("ENOSPC", ENOSPC)]
            case .rename: [("ENOSPC", ENOSPC), ("EIO", EIO)]
            }
        }
    }

    let call: Call
    /// Counted from 1 within the run of the program; 0 fails none.
    let at: Int
    let error: (name: String, number: Int32)
    /// Or once.
    let isForGood: Bool

    static let none = SystemCallFault(call: .write, at: 0, error: ("none", 0), isForGood: false)

    var description: String { "\(call.rawValue) \(at) \(error.name) \(isForGood ? "for good" : "once")" }

    func environment(library: URL, folder: URL, counts: URL? = nil) -> [String: String] {
        var environment = [
            "LD_PRELOAD": library.path, "FAULTY_FOLDER": folder.path + "/", "FAULTY_CALL": call.rawValue,
            "FAULTY_AT": "\(at)", "FAULTY_ERRNO": "\(error.number)", "FAULTY_FOR": isForGood ? "good" : "once",
        ]
        environment["FAULTY_COUNTS"] = counts?.path
        return environment
    }

    /// Every fault of a run that makes this many calls, in order for each kind.
    static func all(counts: [Call: Int]) -> [SystemCallFault] {
        Call.allCases.flatMap { call in
            (0..<(counts[call] ?? 0)).flatMap { index in
                call.errors.flatMap { error in
                    [false, true].map {
                        SystemCallFault(call: call, at: index + 1, error: error, isForGood: $0)
                    }
                }
            }
        }
    }
}
