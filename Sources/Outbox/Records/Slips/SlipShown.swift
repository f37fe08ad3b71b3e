public import Journey

/// A slip's state as it is shown: while the account is refused, every slip that is still owed is held.
public enum SlipShown: String, Sendable, CaseIterable {
    case waiting, reading, matched, differs, unreadable, failed, held

    public init(_ state: SlipState, isHeld: Bool) {
        self =
            switch state {
            case .waiting: isHeld ? .held : .waiting
            case .reading: isHeld ? .held : .reading
            case .matched: .matched
            case .differs: .differs
            case .unreadable: .unreadable
            case .failed: .failed
            }
    }
}
