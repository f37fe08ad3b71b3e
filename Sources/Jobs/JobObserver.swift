public import Sales

/// Counts what a job worker finds. It must not block.
public struct JobObserver: Sendable {
    /// The comparison of the provider's total of a sale with ours.
    public var compared: @Sendable (TotalComparison) -> Void

    public init(compared: @escaping @Sendable (TotalComparison) -> Void = { _ in }) {
        self.compared = compared
    }
}
