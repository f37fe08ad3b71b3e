/// What became of a search for the job that a form makes.
public enum OCRJobFinding: Sendable, Equatable {
    case found(OCRJob)
    case absent
    /// The job with our number is of another document.
    case contradicting(id: String)
    /// It was not seen, and may be there all the same.
    case unknown(Doubt)

    public enum Doubt: Sendable, Equatable {
        /// The list is longer than is read, and the service's search cannot be relied on.
        case tooLong
        /// It changes while it is read, or its pages do not fit together.
        case changing
    }
}
