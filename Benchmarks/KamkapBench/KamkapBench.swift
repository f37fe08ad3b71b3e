import Foundation

/// Measures what a customer, a cashier and an operator notice, on release code. Run by scripts/bench, from the
/// project's root.
///
/// The load, the simulated Slime and the virtual printers run on the same machine as the gateway and share its cores:
/// the figures are upper bounds of what the gateway alone needs. Each figure's comparison is measured in the same run.
@main
struct KamkapBench {
    /// By the names that scripts/bench takes, in the order in which they run.
    private static let benchmarks: [(name: String, run: @Sendable () async throws -> Void)] = [
        (
            "receipt",
            { try await RenderBenchmark(python: ProcessInfo.processInfo.environment["BENCH_PYTHON"]).run() }
        ),
        ("length", { try LengthBenchmark().run() }),
        ("journey", { try await JourneyBenchmark().run() }),
        ("isolation", { try await IsolationBenchmark().run() }),
        ("intake", { try await IntakeBenchmark().run() }),
        ("backlog", { try await BacklogBenchmark().run() }),
        ("spool", { try await SpoolBenchmark().run() }),
        ("documents", { try await DocumentsBenchmark().run() }),
        ("soak", { try await SoakBenchmark().run() }),
        ("disk", { try await DiskBenchmark().run() }),
    ]

    static func main() async {
        do {
            let arguments = Array(CommandLine.arguments.dropFirst())
            if arguments.count == 2, try await runAsChild(arguments[0], arguments[1]) { return }
            let names = benchmarks.map(\.name)
            if let unknown = arguments.first(where: { !names.contains($0) }) {
                FileHandle.standardError.write(
                    Data("bench: there is no \"\(unknown)\"; there are: \(names.joined(separator: ", "))\n".utf8))
                exit(64)
            }
            for benchmark in benchmarks
            where arguments.isEmpty && benchmark.name != "soak" || arguments.contains(benchmark.name) {
                try await benchmark.run()
            }
        } catch {
            FileHandle.standardError.write(Data("bench: \(error)\n".utf8))
            exit(70)
        }
    }

    /// What a benchmark runs in a process of its own.
    private static func runAsChild(_ task: String, _ argument: String) async throws -> Bool {
        if let provider = ProviderProcess.provider(of: task) {
            try await ProviderProcess.serve(provider, port: Int(argument) ?? 0)
            return true
        }
        switch task {
        case LengthBenchmark.argument: try await LengthBenchmark.setOne(items: Int(argument) ?? 1)
        case TillLoad.argument: try TillLoad.post(argument)
        case EmptyServer.argument: try await EmptyServer.serve(argument)
        default: return false
        }
        return true
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
