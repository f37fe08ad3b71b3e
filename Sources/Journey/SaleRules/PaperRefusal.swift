/// Why a paper is not printed or moved.
public enum PaperRefusal: Error, Sendable, Equatable {
    /// There is no link to print.
    case noLink
    /// It is no longer in that printer's queue.
    case notQueuedThere
    case noSuchPaper
}
