public import Foundation

extension SpoolFigures {
    /// What somebody has to do so that files are taken; nil if they are.
    public func alarm(at now: Date) -> Alarm? {
        guard let longest = hindrances.map(\.lasting).max() else { return nil }
        return Alarm(
            .spoolStuck, count: stuck > 0 ? stuck : nil,
            // All causes, in a fixed order: acknowledging one does not acknowledge another that is added later.
            reason: hindrances.map(\.cause).sorted().joined(separator: "; "),
            since: now.addingTimeInterval(-(longest / .seconds(1))),
            "\(beginning): \(hindrances.map(\.clause).joined(separator: "; ")). Let the gateway's user read and move what tills write; the files are then taken by themselves."
        )
    }

    private var beginning: String {
        switch stuck {
        case 0: "The spool cannot be used"
        case 1: "1 file in \(folder) is not taken"
        default: "\(stuck) files in \(folder) are not taken"
        }
    }
}

extension SpoolFigures.Hindrance {
    fileprivate var clause: String {
        guard let example else { return reason.hasSuffix(".") ? String(reason.dropLast()) : reason }
        return "\(example)\(count > 1 ? " and \(count - 1) more" : "") \(reason)"
    }
}
