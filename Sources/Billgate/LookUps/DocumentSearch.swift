import Sales

/// Looks for documents in a list that has no filter for their numbers.
///
/// A list of some thousand documents is read as a whole. A longer one is read from its newer end, if it turns out to be in the
/// order of the days; otherwise it cannot be told whether a document is there. Absent is only what cannot be there.
struct DocumentSearch: Sendable {
    enum Finding: Sendable, Equatable {
        case found(String)
        case absent
        /// One with our number says something else.
        case contradicting(String, WantedDocument.Aspect)
        /// It was not seen, and may be there all the same.
        case unknown(Doubt)
    }

    enum Doubt: Sendable, Equatable {
        /// The list is longer than is read, and in no order that helps.
        case tooLong
        /// It changes while it is read, or its pages do not fit together.
        case changing
        /// There is a document with the number, and no id of it.
        case unnamed
    }

    typealias Load = @Sendable (_ offset: Int, _ size: Int) async throws(BillgateError) -> DocumentPage

    /// So often the list is read until it holds still.
    private static let readings = 2
    private static let smallestPage = 2

    let wanted: [WantedDocument]
    let limit: Int
    private let load: Load
    private let places: [[UInt8]: [Int]]
    private(set) var findings: [Finding?]
    private var size = DocumentPage.size
    /// How many pages may still be read.
    var left = 0

    /// - Parameters:
    ///   - limit: how many pages to read at most of a list that is read as a whole, were they all full; and so many more to
    ///     recognise an order, to prove an end, and of a list whose pages are shorter.
    ///   - load: the page from this place on.
    init(for wanted: [WantedDocument], limit: Int, _ load: @escaping Load) {
        self.wanted = wanted
        self.limit = max(limit, 1)
        self.load = load
        places = Dictionary(grouping: wanted.indices) { Array(wanted[$0].number.utf8) }
        findings = Array(repeating: nil, count: wanted.count)
    }

    /// One finding for each.
    mutating func run() async throws(BillgateError) -> [Finding] {
        var rest: Finding?
        for _ in 0..<Self.readings where rest == nil { rest = try await readOnce() }
        return findings.map { $0 ?? rest ?? .unknown(.changing) }
    }

    var isSettled: Bool { findings.allSatisfy { $0 != nil } }

    /// What has to be said of those that were not found; nil if it cannot be told from this reading.
    private mutating func readOnce() async throws(BillgateError) -> Finding? {
        left = 2 * limit + 10
        let first = try await read(0)
        if isSettled { return .absent }
        if let total = first.total, total > limit * DocumentPage.size {
            return try await searchLong(first, of: total)
        }
        var stretch = ListStretch(first, at: 0)
        try await readToEnd(&stretch)
        if isSettled { return .absent }
        guard stretch.isBroken || stretch.isEnd || left > 0 else { return .unknown(.tooLong) }
        if !stretch.isWholeList, !stretch.isBroken { stretch.refresh(try await read(0)) }
        return stretch.isWholeList ? .absent : nil
    }

    /// Adds page after page until the end of the list, or until they do not fit together.
    mutating func readToEnd(_ stretch: inout ListStretch) async throws(BillgateError) {
        while !isSettled, !stretch.isBroken, !stretch.isEnd, left > 0 {
            let (offset, end) = (stretch.nextOffset, stretch.range.upperBound)
            let page = try await read(offset)
            if page.documents.isEmpty, stretch.range.isEmpty, page.total ?? 0 == 0 {
                stretch.append(end: page)
            } else {
                stretch.append(page, at: offset)
                guard page.isShort, stretch.range.upperBound == end, !stretch.isEnd else { continue }
                // Nothing is behind the last one. It is the end, unless the list says that there is more.
                if page.total == nil, !page.hasNext {
                    stretch.append(end: try await read(end))
                } else {
                    stretch.breakOff()
                }
            }
        }
    }

    mutating func read(_ offset: Int) async throws(BillgateError) -> DocumentPage {
        left -= 1
        while true {
            do throws(BillgateError) {
                let page = try await load(offset, size)
                note(page)
                return page
            } catch {
                // Documents of very many lines: fewer of them fit.
                guard error.kind == .tooLong, size > Self.smallestPage else { throw error }
                size = max(size / 2, Self.smallestPage)
            }
        }
    }

    private mutating func note(_ page: DocumentPage) {
        for document in page.documents {
            guard let number = document.number, let places = places[Array(number.utf8)] else { continue }
            for place in places where findings[place] == nil {
                switch (wanted[place].likeness(of: document), document.id) {
                case (.other, _): break
                case (.same, let id?): findings[place] = .found(id)
                case (.same, nil): findings[place] = .unknown(.unnamed)
                case (.contradicting(let aspect), let id): findings[place] = .contradicting(id ?? "", aspect)
                }
            }
        }
    }
}
