/// How far a job is.
public enum OCRJobState: Sendable, Equatable {
    /// Nobody has asked for it to be processed yet, as far as its status says.
    case created
    /// It waits its turn. It may be the first word of a job that nobody has asked for.
    case queued
    /// The service is at work on it.
    case underWay
    case finished
    case failed
    /// A status that is in no table: it counts as not begun. The word as it came, for whoever extends the table.
    case unknown(String)

    /// Nobody documents the words; only `created` was ever seen in public. Letters alone count, in lower case.
    private static let words: [String: OCRJobState] = {
        let table: [(OCRJobState, [String])] = [
            (.created, ["created", "new", "draft", "uploaded", "open", "ready"]),
            (.queued, ["pending", "queued", "waiting", "scheduled", "submitted", "accepted", "active"]),
            (
                .underWay,
                ["started", "processing", "inprogress", "running", "extracting", "validating", "retrying"]
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

    /// By the word alone.
    ///
    /// - Parameter status: as it came; nil for none.
    init(word status: String?) {
        let word = (status ?? "").lowercased().filter(\.isLetter)
        self = Self.words[word] ?? .unknown(status ?? "")
    }

    /// - Parameter hasCompletion: whether the job says when it was completed. Then it is over, whatever its status says: only a
    ///   word for a failure says more.
    init(status: String?, hasCompletion: Bool) {
        let said = OCRJobState(word: status)
        self = hasCompletion && said != .failed ? .finished : said
    }

    /// Whether nothing more comes of it by itself.
    public var isSettled: Bool { self == .finished || self == .failed }
}
