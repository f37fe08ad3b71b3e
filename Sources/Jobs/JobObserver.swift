public import Sales

/// Who counts what a job worker finds. It must not block.
public struct JobObserver: Sendable {
    /// How the provider's total of a sale stands to ours.
    public var compared: @Sendable (TotalComparison) -> Void

    public init(compared: @escaping @Sendable (TotalComparison) -> Void = { _ in }) {
        self.compared = compared
    }
}
