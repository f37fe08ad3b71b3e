/// How a wait ended.
public enum WaitOutcome<Value: Sendable>: Sendable {
    case answered(Value)
    /// The deadline came first.
    case late
    /// The waiting task was cancelled first.
    case cancelled

    /// The answer; nil if none came in time.
    public var answer: Value? {
        if case .answered(let value) = self { value } else { nil }
    }
}

extension WaitOutcome: Equatable where Value: Equatable {}
