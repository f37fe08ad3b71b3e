public import Foundation

/// How far behind the archive is, and what the stream passed over.
public struct DocumentFigures: Sendable, Equatable {
    /// Documents of sales that this store does not have, and documents that could not be read, ever.
    public var passedOver = 0
    /// Documents of which a file is not in the archive; 0 without an archive. At most ``maximumCounted``.
    public var unarchived = 0
    /// When the first of them became known, in counted time.
    public var oldestUnarchived: Date?

    public static let maximumCounted = 100_000

    public init(passedOver: Int = 0, unarchived: Int = 0, oldestUnarchived: Date? = nil) {
        self.passedOver = passedOver
        self.unarchived = unarchived
        self.oldestUnarchived = oldestUnarchived
    }
}
