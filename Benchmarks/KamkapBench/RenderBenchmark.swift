import Foundation
import Printing
import Raster
import Receipts
import Sales

/// Receipts from their document to the bytes for the printer, beside python-escpos doing the same.
struct RenderBenchmark {
    /// Runs of both in turn, so both meet the same machine.
    private static let turns = 5
    private static let rounds = 60

    /// The interpreter with python-escpos; nil to leave the comparison out.
    let python: String?

    func run() async throws {
        print("receipt to ESC/POS bytes")
        for (items, words) in [(5, "20 lines"), (20, "20 items")] {
            let receipt = try SampleReceipt(items: items)
            let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: 576)
            var ours: [Double] = []
            var theirs: [Double] = []
            var wall: [Double] = []
            var (bytes, theirBytes) = (0, 0)
            // The first paper loads the fonts.
            _ = try await typesetter.paper(for: receipt.document, claim: .page(SampleReceipt.url, offers: .fullInvoice))
            for _ in 0..<Self.turns {
                let begun = ProcessorTime.now
                for _ in 0..<Self.rounds {
                    let begun = ContinuousClock.now
                    let paper = try await typesetter.paper(
                        for: receipt.document, claim: .page(SampleReceipt.url, offers: .fullInvoice))
                    bytes = ESCPOS().image(paper).count
                    wall.append((ContinuousClock.now - begun).inMilliseconds)
                }
                ours.append((ProcessorTime.now - begun) / Double(Self.rounds))
                guard let python else { continue }
                let anchor = try EscposAnchor(python: python).run(receipt, rounds: 10)
                theirs.append(anchor.cpu)
                theirBytes = anchor.bytes
            }
            print("  \(words) in Thai (\(receipt.lines.count) printed lines), a QR of 140 characters, 576 dots")
            print("    Kamkap          \(figures(ours, bytes)), wall \(Distribution(wall))")
            guard python != nil else { continue }
            let ratios = zip(theirs, ours).map { $0 / $1 }.sorted()
            print("    python-escpos   \(figures(theirs, theirBytes))")
            print(
                "    ratio           \(String(format: "%.1f to %.1f times", ratios.first ?? 0, ratios.last ?? 0)) the CPU, "
                    + String(format: "%.1f times the bytes", Double(theirBytes) / Double(bytes)))
        }
    }

    private func figures(_ cpu: [Double], _ bytes: Int) -> String {
        String(format: "CPU %6.2f ms (median of %d), %6d bytes", Distribution(cpu).percentile(0.5), cpu.count, bytes)
    }
}
