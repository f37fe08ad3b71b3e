public import Foundation

/// The beginning of a database. A sale from before it may have been kept, and made, by another one that is gone.
public struct DatabaseBirth: Sendable, Equatable {
    /// As the machine's clock shows it.
    public let at: Date
    /// Whether there was another database, whose sales, or some of them, are lost.
    public let isLoss: Bool

    public init(at shown: Date, isLoss: Bool) {
        at = shown
        self.isLoss = isLoss
    }
}
