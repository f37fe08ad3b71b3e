import GRDB
import Outbox

/// The rows on a leaf page of a table (sqlite.org/fileformat2.html#b_tree_pages), each as far as it can be trusted.
struct TablePage {
    struct Entry {
        let rowID: Int64
        let values: [DatabaseValue]
    }

    private static let tableLeaf: UInt8 = 0x0d
    private static let leafHeaderSize = 8
    /// On page 1 the file's own header comes first.
    private static let fileHeaderSize = 100
    /// More than twice the largest accepted sale.
    private static let largestPayload = 256 << 20

    /// Those that are whole.
    private(set) var entries: [Entry] = []
    /// Those that are not.
    private(set) var unreadable = 0

    /// nil if the page is no leaf of a table.
    init?(_ page: [UInt8], of image: PageFile.Image, in file: PageFile) {
        let start = image.number == 1 ? Self.fileHeaderSize : 0
        guard page.count > start, page[start] == Self.tableLeaf else { return nil }
        let cells = min(page.bigEndian16(at: start + 3), (PageFile.pageSize - start - Self.leafHeaderSize) / 2)
        let end = start + Self.leafHeaderSize + cells * 2
        for cell in 0..<cells {
            let place = page.bigEndian16(at: start + Self.leafHeaderSize + cell * 2)
            if place >= end, let entry = Self.entry(at: place, of: page, image.isLate, in: file) {
                entries.append(entry)
            } else {
                unreadable += 1
            }
        }
    }

    private static func entry(at place: Int, of page: [UInt8], _ isLate: Bool, in file: PageFile) -> Entry? {
        var reader = RecordReader(page, from: place)
        guard let size = reader.varint(), let rowID = reader.varint(), (1...Int64(largestPayload)).contains(size),
            let payload = payload(of: Int(size), at: reader.position, of: page, isLate, in: file),
            let values = RecordReader.values(of: payload)
        else { return nil }
        return Entry(rowID: rowID, values: values)
    }

    /// A row that does not fit on its page goes on in a chain of overflow pages.
    private static func payload(
        of size: Int, at start: Int, of page: [UInt8], _ isLate: Bool, in file: PageFile
    ) -> [UInt8]? {
        let usable = PageFile.pageSize
        let most = usable - 35
        let least = (usable - 12) * 32 / 255 - 23
        let local = least + (size - least) % (usable - 4)
        let here = size <= most ? size : local <= most ? local : least
        guard start + here + (here < size ? 4 : 0) <= page.count else { return nil }
        var payload = Array(page[start..<start + here])
        var next = here < size ? Int(page.bigEndian(at: start + here)) : 0
        // Each round adds bytes, so a circular chain ends as well.
        while payload.count < size {
            let part = min(size - payload.count, usable - 4)
            // A page of zeros was lost: no row of ours has so many.
            guard next > 1, let overflow = file.bytes(of: PageFile.Image(number: next, isLate: isLate)),
                overflow.count >= 4 + part, overflow.contains(where: { $0 != 0 })
            else { return nil }
            next = Int(overflow.bigEndian(at: 0))
            payload += overflow[4..<4 + part]
        }
        return payload
    }
}
