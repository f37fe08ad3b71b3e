import Sales

/// All look-ups of the service: those that wait for the same list are answered by one reading of it, and only one list is
/// read at a time, so that looking never crowds out sales.
actor SharedSweep {
    /// What is read as one list.
    struct List: Sendable, Hashable {
        let kind: DocumentKind
        /// Only for a kind whose list can be narrowed to some days.
        let day: BangkokDay?

        init(for wanted: WantedDocument) {
            kind = wanted.kind
            day = wanted.kind.hasDays ? wanted.issueDay : nil
        }
    }

    typealias Load =
        @Sendable (_ list: List, _ offset: Int, _ size: Int) async throws(BillgateError) -> DocumentPage
    typealias Answer = Result<DocumentSearch.Finding, BillgateError>

    /// A list that could not be made out in so many looks for a document needs a person.
    private static let patience = 5
    /// Of how many documents that is remembered.
    private static let memory = 10_000

    private let limit: Int
    private let load: Load
    private let turns = Turns()
    private var tickets = 0
    /// Who has asked, and has no answer yet.
    private var asking: Set<Int> = []
    /// Those whose list is not being read.
    private var waiting: [Int: WantedDocument] = [:]
    private var answers: [Int: Answer] = [:]
    /// Looks in a row that told nothing, by the number looked for.
    private var failures: [String: Int] = [:]

    init(limit: Int, _ load: @escaping Load) {
        self.limit = limit
        self.load = load
    }

    /// A reading that is under way does not count: the page where the document would be may have been read before it was
    /// made.
    func find(_ wanted: WantedDocument) async -> Answer {
        tickets += 1
        let ticket = tickets
        asking.insert(ticket)
        waiting[ticket] = wanted
        defer {
            asking.remove(ticket)
            waiting[ticket] = nil
            answers[ticket] = nil
        }
        do { try await turns.take() } catch { return .failure(Self.stopped) }
        if waiting[ticket] != nil { await sweep(List(for: wanted), for: ticket) }
        await turns.leave()
        return answers[ticket] ?? .failure(Self.stopped)
    }

    private static let stopped = BillgateError(.unanswered, "the look-up was stopped")

    private func sweep(_ list: List, for ticket: Int) async {
        let group = waiting.filter { List(for: $0.value) == list }.sorted { $0.key < $1.key }
        for (each, _) in group { waiting[each] = nil }
        let load = load
        var search = DocumentSearch(for: group.map(\.value), limit: limit) { offset, size async throws(BillgateError) in
            try await load(list, offset, size)
        }
        let results: [Answer]
        do throws(BillgateError) {
            results = try await search.run().map { .success($0) }
        } catch {
            // Only this look is stopped: another one goes on for the rest.
            if Task.isCancelled {
                for (each, wanted) in group where each != ticket && asking.contains(each) { waiting[each] = wanted }
                return
            }
            // What was found before the list could not be read any further is found.
            results = search.findings.map { $0.map { .success($0) } ?? .failure(error) }
        }
        for ((each, wanted), result) in zip(group, results) where asking.contains(each) {
            answers[each] = result
            count(result, for: wanted.number)
        }
    }

    /// How many wait for a reading that has not begun.
    var waitingCount: Int { waiting.count }
    var askingCount: Int { asking.count }

    // MARK: Patience

    /// Whether the look that has just failed is one too many.
    func isHopeless(_ wanted: WantedDocument) -> Bool { failures[wanted.number, default: 0] >= Self.patience }

    private func count(_ answer: Answer, for number: String) {
        switch answer {
        case .success(.unknown(.changing)): break
        case .failure(let error) where [.unintelligible, .tooLong].contains(error.kind): break
        case .success:
            failures[number] = nil
            return
        // Billgate cannot be reached, or refuses all: that says nothing of the list.
        case .failure: return
        }
        if failures[number] == nil, failures.count >= Self.memory { failures.removeAll() }
        failures[number, default: 0] += 1
    }
}
