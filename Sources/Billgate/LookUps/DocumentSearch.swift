import Sales

/// Looks for a document in a list that has no filter for its number.
///
/// A list of some thousand documents is read as a whole. A longer one is read from its newer end, if it turns out to be in the
/// order of the days; otherwise it cannot be told whether the document is there.
struct DocumentSearch: Sendable {
    enum Finding: Sendable, Equatable {
        case found(String)
        case absent
        /// One with our number says something else.
        case contradicting(String)
        /// It was not seen, and may be there all the same.
        case unknown
    }

    /// How many pages of a long list show its order, besides the first.
    private static let samples = 8
    /// A document that is older than the sale by more than this is no sign of ours. The till's clock may be a day ahead.
    private static let margin = 3
    private static let none = BillgateError(.unintelligible, "Billgate lists a document of ours without an id")

    private let wanted: WantedDocument
    private let limit: Int
    private let load: @Sendable (_ offset: Int) async throws(BillgateError) -> DocumentPage
    private var finding: Finding?
    private var left: Int

    /// - Parameters:
    ///   - limit: how many pages to read at most, and a few more to recognise an order.
    ///   - load: the page from this document on.
    init(
        for wanted: WantedDocument, limit: Int,
        _ load: @escaping @Sendable (_ offset: Int) async throws(BillgateError) -> DocumentPage
    ) {
        self.wanted = wanted
        self.limit = max(limit, 1)
        self.load = load
        left = self.limit
    }

    mutating func run() async throws(BillgateError) -> Finding {
        let first = try await read(0)
        if let finding { return finding }
        if let total = first.total, total > limit * DocumentPage.size {
            return try await searchLong(first, of: total)
        }
        return try await searchWhole(first)
    }

    /// Every page, each from where the one before says.
    private mutating func searchWhole(_ first: DocumentPage) async throws(BillgateError) -> Finding {
        var (page, offset, hasChanged) = (first, 0, false)
        while let next = page.next {
            guard left > 0 else { return .unknown }
            offset += next
            page = try await read(offset)
            if let finding { return finding }
            hasChanged = hasChanged || page.total != first.total
        }
        if hasChanged { try await readEnds(offset) }
        return finding ?? .absent
    }

    /// What came while the rest was read stands at one of the ends, if anywhere in an order.
    private mutating func readEnds(_ last: Int) async throws(BillgateError) {
        for offset in [0, last] where finding == nil { _ = try await read(offset) }
    }

    private mutating func searchLong(_ first: DocumentPage, of total: Int) async throws(BillgateError) -> Finding {
        let last = (total - 1) / DocumentPage.size
        var pages = [first]
        for sample in 1...Self.samples {
            pages.append(try await read(page: sample * last / Self.samples))
            if let finding { return finding }
        }
        guard let order = ListOrder(ofDaysIn: pages), try await walk(order, to: last) else {
            return finding ?? .unknown
        }
        // A list in the order of its numbers may look like one in the order of its days.
        if let order = ListOrder(ofNumbersIn: pages) {
            guard try await bisect(order, to: last) else { return finding ?? .unknown }
        }
        try await readEnds(last * DocumentPage.size)
        return finding ?? .absent
    }

    /// Reads from the newer end until everything is older than the sale.
    ///
    /// - Returns: whether it got there without finding anything.
    private mutating func walk(_ order: ListOrder, to last: Int) async throws(BillgateError) -> Bool {
        let oldest = wanted.issueDay.number - Self.margin
        var before: DocumentPage?
        for step in 0...last {
            guard left > 0 else { return false }
            let page = try await read(page: order == .falling ? step : last - step)
            if finding != nil { return false }
            let days = page.documents.compactMap(\.issueDay)
            guard days.count == page.documents.count else { return false }
            // What is the same all over shows no order, and breaks none.
            let pair = order == .falling ? [before, page] : [page, before]
            let isLevel = Set(pair.compactMap(\.self).flatMap(\.documents).map(\.issueDay)).count <= 1
            guard isLevel || ListOrder(ofDaysIn: pair.compactMap(\.self)) == order else { return false }
            if !days.isEmpty, days.allSatisfy({ $0.number < oldest }) { return true }
            before = page
        }
        return true
    }

    /// Goes to where the number would stand.
    ///
    /// - Returns: whether it got there without finding anything.
    private mutating func bisect(_ order: ListOrder, to last: Int) async throws(BillgateError) -> Bool {
        var (low, high) = (0, last)
        while low <= high {
            guard left > 0 else { return false }
            let middle = (low + high) / 2
            let page = try await read(page: middle)
            if finding != nil { return false }
            guard let first = page.documents.first?.number, let end = page.documents.last?.number else { return false }
            let (least, most) = order == .rising ? (first, end) : (end, first)
            let isBefore = wanted.number.utf8.lexicographicallyPrecedes(least.utf8)
            guard isBefore || most.utf8.lexicographicallyPrecedes(wanted.number.utf8) else { return true }
            if isBefore == (order == .rising) { high = middle - 1 } else { low = middle + 1 }
        }
        return true
    }

    private mutating func read(page: Int) async throws(BillgateError) -> DocumentPage {
        try await read(page * DocumentPage.size)
    }

    private mutating func read(_ offset: Int) async throws(BillgateError) -> DocumentPage {
        left -= 1
        let page = try await load(offset)
        for document in page.documents where finding == nil {
            switch (wanted.likeness(of: document), document.id) {
            case (.other, _): continue
            case (.same, let id?): finding = .found(id)
            case (.contradicting, let id): finding = .contradicting(id ?? "")
            case (.same, nil): throw Self.none
            }
        }
        return page
    }
}
