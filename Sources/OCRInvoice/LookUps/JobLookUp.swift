/// Looks for the job of a form in the service's list.
///
/// The page does not say what the list's `search` looks at, and a `total` may be anything. So a job is absent only if the whole
/// list was read, up to an empty page. Only a list that is too long for that is left to the search, and only if the search
/// shows another job of the shop's by its number, and little else.
struct JobLookUp: Sendable {
    typealias Load =
        @Sendable (_ search: String?, _ offset: Int, _ size: Int) async throws(OCRInvoiceError) ->
        OCRJobPage

    /// So often the list is read until it holds still.
    private static let readings = 2
    private static let smallestPage = 2
    /// So often in one look a page is asked for again that was not answered, or came too soon.
    private static let mostRepeats = 5
    private static let usualWait: Duration = .seconds(5)

    private let form: OCRJobForm
    private let limit: Int
    private let pace: LookUpPace
    private let load: Load
    private var size = OCRJobPage.size
    /// How many pages may still be read.
    private var left = 0
    private var repeatsLeft = mostRepeats
    private var begin: ContinuousClock.Instant?

    /// - Parameters:
    ///   - limit: how many full pages of the list are read at most.
    ///   - load: the page from this place on.
    init(for form: OCRJobForm, limit: Int, pace: LookUpPace = .gentle, _ load: @escaping Load) {
        self.form = form
        self.limit = max(limit, 1)
        self.pace = pace
        self.load = load
    }

    mutating func run() async throws(OCRInvoiceError) -> OCRJobFinding {
        let searched = try await read(form.number, 0)
        if let finding = finding(in: searched) { return finding }
        for _ in 0..<Self.readings {
            let first = try await read(nil, 0)
            if let finding = finding(in: first) { return finding }
            if let total = first.total, total > limit * OCRJobPage.size {
                return try await isReliable(searched, beside: first) ? .absent : .unknown(.tooLong)
            }
            if let finding = try await readAll(from: first) { return finding }
        }
        return .unknown(.changing)
    }

    /// Whether the search heeds numbers such as ours, and so has shown that there is no job of ours.
    private mutating func isReliable(
        _ searched: OCRJobPage, beside first: OCRJobPage
    ) async throws(OCRInvoiceError) -> Bool {
        guard let all = first.total, let prefix = form.prefix, (searched.total ?? .max) <= searched.jobs.count else {
            return false
        }
        let isOfShop: (OCRJob) -> Bool = { $0.hasNumber(beginning: prefix) }
        var sample = first.jobs.first(where: isOfShop)
        if sample == nil { sample = try await read(prefix, 0).jobs.first(where: isOfShop) }
        guard let number = sample?.searchedNumber else { return false }
        let control = try await read(number, 0)
        // A search that heeds nothing shows every job.
        return control.jobs.contains { $0.hasNumber(number) } && (control.total ?? .max) <= all / 2
    }

    /// - Returns: nil if this reading does not tell.
    private mutating func readAll(from first: OCRJobPage) async throws(OCRInvoiceError) -> OCRJobFinding? {
        // Twice: a server may make its pages shorter than they were asked for.
        left = 2 * limit
        var stretch = JobStretch(first)
        while !first.jobs.isEmpty {
            guard left > 0 else { return .unknown(.tooLong) }
            if stretch.isEnd || stretch.isExhausted {
                // Only an empty page is an end.
                let beyond = try await read(nil, stretch.end)
                if let finding = finding(in: beyond) { return finding }
                if beyond.jobs.isEmpty { break }
                // There is more, and its pages do not show it.
                guard !stretch.isExhausted else { return nil }
                stretch.forgetTotal()
            }
            let page = try await read(nil, stretch.nextOffset)
            if let finding = finding(in: page) { return finding }
            stretch.append(page)
            guard !stretch.isBroken else { return nil }
        }
        if stretch.total == nil || !stretch.isWhole {
            let page = try await read(nil, 0)
            if let finding = finding(in: page) { return finding }
            stretch.refresh(page)
        }
        return stretch.isWhole ? .absent : nil
    }

    private mutating func read(_ search: String?, _ offset: Int) async throws(OCRInvoiceError) -> OCRJobPage {
        left -= 1
        if begin != nil { try await wait(pace.pause) }
        let begin = begin ?? .now
        self.begin = begin
        while true {
            guard ContinuousClock.now - begin < pace.longest else {
                throw OCRInvoiceError(.unanswered, "the list of \(OCRInvoiceService.title) took too long to read")
            }
            do throws(OCRInvoiceError) { return try await load(search, offset, size) } catch {
                if error.kind == .tooLong, size > Self.smallestPage {
                    // Jobs show what was read: fewer of them fit.
                    size = max(size / 2, Self.smallestPage)
                    continue
                }
                // What was read so far is kept.
                guard error.mayPass, repeatsLeft > 0, !Task.isCancelled else { throw error }
                repeatsLeft -= 1
                let pause = error.retryAfter ?? Self.usualWait
                guard ContinuousClock.now - begin + pause < pace.longest else { throw error }
                try await wait(pause)
            }
        }
    }

    private func wait(_ pause: Duration) async throws(OCRInvoiceError) {
        do { try await pace.sleep(pause) } catch {
            throw OCRInvoiceError(.unanswered, "the list of \(OCRInvoiceService.title) was not read to its end")
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
