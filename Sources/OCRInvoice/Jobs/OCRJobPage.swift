import JSON

/// One page of the list of jobs.
public struct OCRJobPage: Sendable, Equatable {
    /// The most that the page's `limit` may be.
    public static let size = 100

    public let jobs: [OCRJob]
    /// Of the whole list; nil if the answer does not say, or says 0 beside jobs.
    public let total: Int?
    /// How many entries have no id that can be read.
    public let unreadable: Int

    init(jobs: [OCRJob], total: Int?, unreadable: Int = 0) {
        self.jobs = jobs
        self.total = total
        self.unreadable = unreadable
    }

    /// nil if the answer is no list of objects.
    init?(_ envelope: OCRInvoiceEnvelope, _ discretion: Discretion) {
        guard case .array(let entries)? = envelope.json["data"] else { return nil }
        let objects = entries.compactMap { if case .object(let entry) = $0 { entry } else { nil } }
        guard objects.count == entries.count else { return nil }
        jobs = objects.compactMap { OCRJob($0, discretion) }
        unreadable = entries.count - jobs.count
        total = envelope.json.listLength("total").flatMap { $0 > 0 || entries.isEmpty ? $0 : nil }
    }
}
