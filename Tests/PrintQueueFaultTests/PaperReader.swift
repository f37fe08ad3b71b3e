import Raster
import Receipts

/// Reads from a paper how many receipts it holds and which of them are marked: by finding, dot for dot, what the heading and
/// the mark look like when they are drawn by themselves.
struct PaperReader: Sendable {
    struct Count: Equatable, Sendable, CustomStringConvertible {
        /// Receipts that were begun, whole or not.
        var receipts = 0
        var reprints = 0

        var unmarked: Int { receipts - reprints }
        var description: String { "\(unmarked) unmarked, \(reprints) marked" }

        static func + (left: Count, right: Count) -> Count {
            Count(receipts: left.receipts + right.receipts, reprints: left.reprints + right.reprints)
        }
    }

    private let title: Bitmap
    private let reprint: Bitmap

    init() async throws {
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: 576)
        title = Self.inked(try await typesetter.set([.text("ใบกำกับภาษีอย่างย่อ", .title, .center)]))
        reprint = Self.inked(try await typesetter.set([.banner(["พิมพ์ซ้ำ / REPRINT"], .boxed)]))
    }

    func read(_ papers: [Bitmap]) -> Count {
        papers.map { Count(receipts: times(title, on: $0), reprints: times(reprint, on: $0)) }.reduce(Count(), +)
    }

    private func times(_ picture: Bitmap, on paper: Bitmap) -> Int {
        guard paper.height >= picture.height else { return 0 }
        let first = picture.rows(0..<1)
        return (0...paper.height - picture.height).count {
            paper.rows($0..<$0 + 1) == first && paper.rows($0..<$0 + picture.height) == picture
        }
    }

    private static func inked(_ picture: Bitmap) -> Bitmap {
        let rows = (0..<picture.height).filter { !picture.isBlankRow($0) }
        return picture.rows((rows.first ?? 0)..<(rows.last ?? -1) + 1)
    }
}
