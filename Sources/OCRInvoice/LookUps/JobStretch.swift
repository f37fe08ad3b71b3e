/// The beginning of a list of jobs, put together from pages.
///
/// A list can change while it is read. So each page has to overlap the one before it, and in the end there have to be as many
/// different jobs as the list says it has: otherwise one may have slipped through, and the stretch proves nothing. What comes
/// meanwhile is tolerated, wherever it comes; what goes is not.
struct JobStretch: Sendable {
    private var seen: Set<String>
    private var last: String?
    private(set) var end: Int
    /// Of the whole list, by the last page that said so. Nil also once it was found wrong.
    private(set) var total: Int?
    private var isTotalWrong = false
    /// Whether the pages do not join, or show that something was deleted or moved meanwhile.
    private(set) var isBroken = false
    /// Whether the last page had nothing but what was seen before.
    private(set) var isExhausted: Bool

    init(_ first: OCRJobPage) {
        let ids = first.jobs.map(\.id)
        (seen, last, end, total) = (Set(ids), ids.last, ids.count, first.total)
        isExhausted = ids.isEmpty
    }

    /// Where the next page begins: at the last job.
    var nextOffset: Int { max(end - 1, 0) }

    /// Whether the list goes no further, as far as it says.
    var isEnd: Bool { total.map { end >= $0 } ?? false }

    /// Whether no job that was there all the time can be missing from it, if it is the whole list.
    var isWhole: Bool { !isBroken && seen.count >= total ?? 0 }

    mutating func append(_ page: OCRJobPage) {
        note(page)
        let ids = page.jobs.map(\.id)
        guard let joint = ids.lastIndex(where: { $0 == last }) else {
            isBroken = true
            return
        }
        let new = ids[(joint + 1)...]
        if new.contains(where: seen.contains) { isBroken = true }
        seen.formUnion(ids)
        (end, last) = (max(end, nextOffset + ids.count), ids.last)
        isExhausted = new.isEmpty
    }

    /// The first page once more: in a list with the newest first, what has come meanwhile stands there.
    mutating func refresh(_ page: OCRJobPage) {
        note(page)
        seen.formUnion(page.jobs.map(\.id))
    }

    /// There is more than the list says: it counts its pages only, or some time ago.
    mutating func forgetTotal() { (total, isTotalWrong) = (nil, true) }

    /// Fewer than before: something was deleted, and what stood behind it has moved.
    private mutating func note(_ page: OCRJobPage) {
        guard !isTotalWrong else { return }
        if let now = page.total, let before = total, now < before { isBroken = true }
        total = page.total ?? total
    }
}
