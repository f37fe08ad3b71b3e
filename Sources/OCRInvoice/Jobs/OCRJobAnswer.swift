public import RemoteServices

/// The outcome of a call about one job of ours.
public enum OCRJobAnswer<Value: Sendable>: Sendable {
    case answered(Value)
    /// The service does not have the job any more; its list answers, and the path is right.
    case gone(ServiceFailure)
    case failed(ServiceFailure)
}

extension OCRJobAnswer: Equatable where Value: Equatable {}
