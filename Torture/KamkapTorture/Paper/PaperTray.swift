import Foundation
import Raster
import Simulators

/// Takes every paper from the printers as it is cut, reads it, and keeps its picture for the QR reader.
actor PaperTray {
    /// One receipt, or a slip.
    struct Receipt: Sendable {
        /// Nil for a slip, and for a receipt that broke off before its number.
        let digits: [Int]?
        /// Whether it has the head of a receipt; a slip has none.
        let hasHead: Bool
        let isMarked: Bool
        /// Whether it was cut off below; one that broke off was not.
        let isWhole: Bool
        let rules: Int
        let picture: URL
    }

    private(set) var receipts: [Receipt] = []
    private(set) var pieces = 0
    private let folder: URL

    init(folder: URL) { self.folder = folder }

    /// Takes the papers of one printer until cancelled.
    func collect(from printer: VirtualPrinter, number: Int) async {
        var next = 1
        while !Task.isCancelled {
            guard let paper = try? await printer.paper(atLeast: next, within: .seconds(3_600)) else { continue }
            take(paper.bitmap, isCut: true, name: "p\(number)-\(next)")
            next += 1
        }
    }

    /// The paper that still hangs out of the printers.
    func takeUncut(from printers: [VirtualPrinter]) async {
        for (number, printer) in printers.enumerated() {
            let strip = await printer.uncutPaper
            if strip.height > 0 { take(strip, isCut: false, name: "p\(number)-uncut") }
        }
    }

    private func take(_ bitmap: Bitmap, isCut: Bool, name: String) {
        pieces += 1
        let readings = PaperReader(bitmap).readings()
        // The whole piece is for a person; the part with the QR is cut out of it.
        _ = keep(bitmap, "\(name)-whole")
        for (index, reading) in readings.enumerated() {
            let isLast = index == readings.count - 1
            receipts.append(
                Receipt(
                    digits: reading.digits, hasHead: !reading.isSlip, isMarked: reading.isMarked,
                    isWhole: isLast && isCut, rules: reading.rules,
                    picture: keep(bitmap.rows(reading.claim), "\(name)-\(index)")))
        }
        guard readings.isEmpty, (0..<bitmap.height).contains(where: { !bitmap.isBlankRow($0) }) else { return }
        receipts.append(
            Receipt(
                digits: nil, hasHead: false, isMarked: false, isWhole: isCut, rules: 0, picture: keep(bitmap, name)))
    }

    private func keep(_ bitmap: Bitmap, _ name: String) -> URL {
        let file = folder.appendingPathComponent("\(name).png")
        if let png = try? bitmap.png() { try? Data(png).write(to: file) }
        return file
    }
}
