import Foundation
import Printing
import Raster
import Receipts
import Sales

/// How time and memory grow with a receipt's length. Each length is set in a process of its own, to measure its peak.
struct LengthBenchmark {
    static let argument = "--set-items"

    func run() throws {
        print("length of a receipt")
        // The others print too, after what was printed here.
        fflush(nil)
        for items in [100, 300, 1_000] {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
            process.arguments = [Self.argument, String(items)]
            try process.run()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else {
                throw BenchmarkError("a receipt of \(items) items was not set")
            }
        }
    }

    /// What the process of one length does.
    static func setOne(items: Int) async throws {
        let receipt = try SampleReceipt(items: items)
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: 576)
        var wall: [Double] = []
        for _ in 0..<5 {
            let begun = ContinuousClock.now
            _ = ESCPOS().image(
                try await typesetter.paper(for: receipt.document, claim: .page(SampleReceipt.url, offers: .fullInvoice))
            )
            wall.append((ContinuousClock.now - begun).inMilliseconds)
        }
        let peak = ProcessVitals(getpid()).memory.peak
        let time = Distribution(wall).percentile(0.5)
        print(
            String(
                format: "  %5d items  %7.1f ms  %6.3f ms an item  peak memory %.0f MB", items, time,
                time / Double(items), peak))
    }
}
