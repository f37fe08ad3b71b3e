/// How far a job is.
public enum OCRJobState: Sendable, Equatable {
    /// Nobody has asked for it to be processed yet, as far as its status says.
    case created
    case underWay
    case finished
    case failed
    /// A status that is in no table: it counts as still under way. The word as it came, for whoever extends the table.
    case unknown(String)

    /// Nobody documents the words; only `created` was ever seen in public. Letters alone count, in lower case.
    private static let words: [String: OCRJobState] = {
        let table: [(OCRJobState, [String])] = [
            (.created, ["created", "new", "draft", "uploaded", "open", "ready"]),
            (
                .underWay,
                [
                    "pending", "queued", "waiting", "scheduled", "submitted", "accepted", "started", "processing",
                    "inprogress", "running", "active", "extracting", "validating", "retrying",
                ]
            ),
            (
                .finished,
                ["completed", "complete", "done", "finished", "success", "succeeded", "processed", "extracted"]
            ),
            (
                .failed,
                [
                    "failed", "failure", "error", "errored", "cancelled", "canceled", "rejected", "aborted", "expired",
                    "timeout", "timedout",
                ]
            ),
        ]
        return Dictionary(
            table.flatMap { state, words in words.map { ($0, state) } }, uniquingKeysWith: { first, _ in first })
    }()

    /// - Parameters:
    ///   - status: as it came; nil for none.
    ///   - hasCompletion: whether the job says when it was completed. That decides where the status does not: one that is in no
    ///     table, or that never changes.
    init(status: String?, hasCompletion: Bool) {
        let word = (status ?? "").lowercased().filter(\.isLetter)
        let known = Self.words[word]
        switch known {
        case .underWay, .finished, .failed: self = known ?? .underWay
        case .created, .unknown, nil:
            if hasCompletion {
                self = .finished
            } else {
                self = known ?? .unknown(status ?? "")
            }
        }
    }

    /// Whether nothing more comes of it by itself.
    public var isSettled: Bool { self == .finished || self == .failed }
}
