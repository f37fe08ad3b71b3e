import Foundation

/// Measures what a customer and a cashier feel, on release code. Run by scripts/bench, from the project's root.
///
/// The load, the simulated Slime and the virtual printers run on the same machine as the gateway and share its cores: the
/// figures are upper bounds of what the gateway alone needs.
@main
struct KamkapBench {
    static func main() async {
        do {
            let arguments = CommandLine.arguments.dropFirst()
            if arguments.first == LengthBenchmark.argument, let items = arguments.last.flatMap({ Int($0) }) {
                return try await LengthBenchmark.setOne(items: items)
            }
            let sales = arguments.first.flatMap { Int($0) } ?? 500
            print("receipt to ESC/POS bytes")
            try await RenderBenchmark(python: ProcessInfo.processInfo.environment["BENCH_PYTHON"]).run()
            print("length of a receipt")
            try LengthBenchmark().run()
            print(
                "sale posted to the last byte at the virtual printer: \(sales) sales one after the other, Slime at 0 ms"
            )
            print(try await JourneyBenchmark(sales: sales).run())
        } catch {
            FileHandle.standardError.write(Data("bench: \(error)\n".utf8))
            exit(70)
        }
    }
}

struct BenchmarkError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Times in milliseconds, as a line of percentiles.
struct Distribution: CustomStringConvertible {
    private let sorted: [Double]

    init(_ samples: [Double]) { sorted = samples.sorted() }

    func percentile(_ share: Double) -> Double {
        guard !sorted.isEmpty else { return .nan }
        return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    var description: String {
        [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("max", 1)]
            .map { "\($0) \(String(format: "%7.2f ms", percentile($1)))" }.joined(separator: "   ")
    }
}

extension Duration {
    var inMilliseconds: Double { self / .milliseconds(1) }
}
