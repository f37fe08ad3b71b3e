import JSON

/// A job that ScanlyIQ has made of an upload.
struct CreatedJob: Sendable, Equatable {
    let id: String
    /// What was taken for it; nil if the answer does not say.
    let credits: Int?

    /// nil if the answer has no id.
    init?(_ answer: JSONObject) {
        guard let id = answer.id("jobId") else { return nil }
        self.id = id
        credits = answer.credits("creditsCharged", .up)
    }
}
