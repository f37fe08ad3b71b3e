/// A part of a list, put together from pages.
///
/// A list can change while it is read, and its order need not be the same at every call. So each page has to overlap the one
/// beside it, and in the end there have to be as many different documents as there are places: otherwise one may have
/// slipped through, and the stretch proves nothing.
struct ListStretch: Sendable {
    /// The places that were read.
    private(set) var range: Range<Int>
    /// Of the whole list, by the last page that said so.
    private(set) var total: Int?
    /// Whether the pages do not join, or show that something was deleted or moved meanwhile.
    private(set) var isBroken = false
    /// Whether the last page that was added behind the others is the end of the list.
    private(set) var isEnd = false
    private var seen: Set<String>
    private var first: String?
    private var last: String?

    init(_ page: DocumentPage, at offset: Int) {
        let ids = page.documents.map(\.identity)
        range = offset..<offset + ids.count
        total = page.total
        seen = Set(ids)
        (first, last) = (ids.first, ids.last)
        isEnd = Self.isEnd(page, upTo: range.upperBound)
    }

    /// Whether nothing that was there all the time can be missing from it.
    var isWhole: Bool { !isBroken && seen.count >= range.count }

    /// The same for a whole list.
    var isWholeList: Bool { isWhole && range.lowerBound == 0 && isEnd && seen.count >= total ?? 0 }

    /// Where the next page begins: at the last document.
    var nextOffset: Int { max(range.upperBound - 1, 0) }

    mutating func append(_ page: DocumentPage, at offset: Int) {
        let ids = page.documents.map(\.identity)
        note(page)
        guard let joint = ids.lastIndex(where: { $0 == last }) else {
            isBroken = true
            return
        }
        let new = ids[(joint + 1)...]
        if new.contains(where: seen.contains) { isBroken = true }
        seen.formUnion(ids)
        range = range.lowerBound..<max(range.upperBound, offset + ids.count)
        last = ids.last
        isEnd = Self.isEnd(page, upTo: range.upperBound)
    }

    mutating func prepend(_ page: DocumentPage, at offset: Int) {
        let ids = page.documents.map(\.identity)
        note(page)
        guard let joint = ids.firstIndex(where: { $0 == first }) else {
            isBroken = true
            return
        }
        if ids[..<joint].contains(where: seen.contains) { isBroken = true }
        seen.formUnion(ids)
        range = offset..<range.upperBound
        first = ids.first
    }

    /// A page of it once more: what has come meanwhile stands there, if anywhere in an order.
    mutating func refresh(_ page: DocumentPage) {
        note(page)
        seen.formUnion(page.documents.map(\.identity))
    }

    /// The list says that there is more, and shows nothing.
    mutating func breakOff() { isBroken = true }

    /// An empty page behind it: for a list that does not say how long it is.
    mutating func append(end page: DocumentPage) {
        note(page)
        if page.documents.isEmpty { isEnd = true } else { isBroken = true }
    }

    /// Fewer than before: something was deleted, and what stood behind it has moved.
    private mutating func note(_ page: DocumentPage) {
        if let now = page.total, let before = total, now < before { isBroken = true }
        total = page.total ?? total
    }

    /// A short page is no end by itself: a server may make all pages short.
    private static func isEnd(_ page: DocumentPage, upTo end: Int) -> Bool {
        page.isShort && !page.hasNext && page.total.map { $0 <= end } ?? false
    }
}
