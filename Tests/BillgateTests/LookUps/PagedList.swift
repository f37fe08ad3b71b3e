import Sales
import Synchronization

@testable import Billgate

/// A list on the other side, which may change while it is read.
final class PagedList: Sendable {
    /// What the page of the API leaves open.
    struct Style: Sendable, CustomStringConvertible {
        var cap = 100
        /// A longer page is longer than is read.
        var longest = 100
        var lostAtBorders = 0
        /// By how many the total is more than what is listed.
        var surplus = 0
        var saysTotal = true
        var saysNext = true

        static var all: [Style] {
            [100, 50, 7].flatMap { cap in
                [(true, true), (true, false), (false, true), (false, false)].map {
                    Style(cap: cap, saysTotal: $0.0, saysNext: $0.1)
                }
            }
        }

        var description: String { "cap \(cap), total \(saysTotal), next \(saysNext)" }
    }

    enum Order: CaseIterable {
        case falling, rising, number
        /// Another one within a day at every call.
        case unstable

        var isStable: Bool { self != .unstable }
    }

    let entries: Mutex<[ListedDocument]>
    let reads = Mutex<[Int]>([])
    private let style: Style
    private let order: Order
    private let random = Mutex(SplitMix(seed: 11))
    private let change: @Sendable (_ read: Int, _ entries: inout [ListedDocument]) -> Void

    init(
        _ entries: [ListedDocument], style: Style = Style(), order: Order = .falling,
        change: @escaping @Sendable (_ read: Int, _ entries: inout [ListedDocument]) -> Void = { _, _ in }
    ) {
        self.entries = Mutex(entries)
        self.style = style
        self.order = order
        self.change = change
    }

    func page(from offset: Int, size: Int) throws(BillgateError) -> DocumentPage {
        guard size <= style.longest else { throw BillgateError(.tooLong, "") }
        let read = reads.withLock { reads in
            reads.append(offset)
            return reads.count
        }
        return entries.withLock { entries in
            defer { change(read, &entries) }
            let shown = order == .unstable ? mixed(entries) : entries
            let start = offset == 0 ? 0 : offset + style.lostAtBorders
            let page = Array(shown.dropFirst(start).prefix(min(size, style.cap)))
            return DocumentPage(
                documents: page, asked: size, total: style.saysTotal ? entries.count + style.surplus : nil,
                hasNext: style.saysNext && start + page.count < entries.count)
        }
    }

    private func mixed(_ entries: [ListedDocument]) -> [ListedDocument] {
        let mixed = random.withLock { random in entries.shuffled(using: &random) }
        return mixed.sorted { ($0.issueDay?.number ?? 0) > ($1.issueDay?.number ?? 0) }
    }

    func find(_ wanted: WantedDocument, limit: Int = 50) async throws -> DocumentSearch.Finding? {
        try await find([wanted], limit: limit).first
    }

    func find(_ wanted: [WantedDocument], limit: Int) async throws -> [DocumentSearch.Finding] {
        var search = DocumentSearch(for: wanted, limit: limit) { offset, size async throws(BillgateError) in
            try self.page(from: offset, size: size)
        }
        return try await search.run()
    }
}
