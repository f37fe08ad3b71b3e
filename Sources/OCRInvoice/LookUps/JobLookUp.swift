/// Looks for the job of a form in the service's list.
///
/// The list has a `search`, and the page does not say what it looks at. So what the search does not show is absent only if the
/// search shows another job by its number and little else. Otherwise the whole list is read, page by page.
struct JobLookUp: Sendable {
    typealias Load =
        @Sendable (_ search: String?, _ offset: Int, _ size: Int) async throws(OCRInvoiceError) ->
        OCRJobPage

    /// So often the list is read until it holds still.
    private static let readings = 2
    private static let smallestPage = 2

    private let form: OCRJobForm
    private let limit: Int
    private let load: Load
    private var size = OCRJobPage.size
    /// How many pages may still be read.
    private var left = 0

    /// - Parameters:
    ///   - limit: how many full pages of the list are read at most.
    ///   - load: the page from this place on.
    init(for form: OCRJobForm, limit: Int, _ load: @escaping Load) {
        self.form = form
        self.limit = max(limit, 1)
        self.load = load
    }

    mutating func run() async throws(OCRInvoiceError) -> OCRJobFinding {
        let searched = try await read(form.number, 0)
        if let finding = finding(in: searched) { return finding }
        for reading in 0..<Self.readings {
            let first = try await read(nil, 0)
            if let finding = finding(in: first) { return finding }
            if first.total.map({ $0 <= first.jobs.count }) ?? first.jobs.isEmpty { return .absent }
            if reading == 0, try await isReliable(searched, beside: first) { return .absent }
            if let finding = try await readAll(from: first) { return finding }
        }
        return .unknown(.changing)
    }

    /// Whether the search heeds numbers, and so has shown that there is no job of ours.
    private mutating func isReliable(
        _ searched: OCRJobPage, beside first: OCRJobPage
    ) async throws(OCRInvoiceError) -> Bool {
        guard let all = first.total, let sample = first.jobs.compactMap(\.number).first,
            (searched.total ?? .max) <= searched.jobs.count
        else { return false }
        let control = try await read(sample, 0)
        let isShown = control.jobs.contains { $0.number?.utf8.elementsEqual(sample.utf8) ?? false }
        // A search that heeds nothing shows every job.
        return isShown && (control.total ?? .max) <= all / 2
    }

    /// - Returns: nil if this reading does not tell.
    private mutating func readAll(from first: OCRJobPage) async throws(OCRInvoiceError) -> OCRJobFinding? {
        // Twice: a server may make its pages shorter than they were asked for.
        left = 2 * limit
        if let total = first.total, total > limit * OCRJobPage.size { return .unknown(.tooLong) }
        var stretch = JobStretch(first)
        while !stretch.isEnd {
            guard left > 0 else { return .unknown(.tooLong) }
            let page = try await read(nil, stretch.nextOffset)
            if let finding = finding(in: page) { return finding }
            stretch.append(page)
            guard !stretch.isBroken else { return nil }
            guard stretch.isExhausted else { continue }
            // There is more, and it is not shown; or the list does not say how long it is.
            guard stretch.total == nil, try await read(nil, stretch.end).jobs.isEmpty else { return nil }
            break
        }
        if !stretch.isWhole {
            let page = try await read(nil, 0)
            if let finding = finding(in: page) { return finding }
            stretch.refresh(page)
        }
        return stretch.isWhole ? .absent : nil
    }

    private mutating func read(_ search: String?, _ offset: Int) async throws(OCRInvoiceError) -> OCRJobPage {
        left -= 1
        while true {
            do throws(OCRInvoiceError) { return try await load(search, offset, size) } catch {
                // Jobs show what was read: fewer of them fit.
                guard error.kind == .tooLong, size > Self.smallestPage else { throw error }
                size = max(size / 2, Self.smallestPage)
            }
        }
    }

    private func finding(in page: OCRJobPage) -> OCRJobFinding? {
        for job in page.jobs {
            switch job.likeness(to: form) {
            case .other: continue
            case .same: return .found(job)
            case .contradicting: return .contradicting(id: job.id)
            }
        }
        return nil
    }
}
