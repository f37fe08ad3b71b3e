import JSON

/// One page of the list of jobs.
public struct OCRJobPage: Sendable, Equatable {
    /// The most that the page's `limit` may be.
    public static let size = 100

    public let jobs: [OCRJob]
    /// Of the whole list; nil if the answer does not say, or says 0 beside jobs.
    public let total: Int?

    init(jobs: [OCRJob], total: Int?) {
        self.jobs = jobs
        self.total = total
    }

    /// nil if the answer is no list, or has an entry that is no job.
    init?(_ envelope: OCRInvoiceEnvelope, _ discretion: Discretion) {
        guard case .array(let entries)? = envelope.json["data"] else { return nil }
        jobs = entries.compactMap { if case .object(let entry) = $0 { OCRJob(entry, discretion) } else { nil } }
        guard jobs.count == entries.count else { return nil }
        total = envelope.json.listLength("total").flatMap { $0 > 0 || entries.isEmpty ? $0 : nil }
    }
}
