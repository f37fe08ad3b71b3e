import Foundation

/// How 10,000 files that come into the spool at once slow live tills: the times of their answers before, and meanwhile.
struct SpoolBenchmark {
    private static let files = 10_000
    private static let tills = 4

    func run() async throws {
        print("spool: \(Self.files) files at once beside \(Self.tills) tills on the Unix socket, Slime not there")
        let folder = try BenchFolder()
        let gateway = try GatewayUnderTest(
            endpoint: ProviderUnderTest.slime.endpoint(port: try ProviderProcess.freePort()), paper: folder,
            spool: folder.url.appendingPathComponent("spool").path)
        defer { gateway.stop() }
        try await gateway.untilReady()
        var load = TillLoad(socket: gateway.socket, tills: Self.tills, first: 0, sales: .max, seconds: 3)
        let before = try await load.run()
        let spool = folder.url.appendingPathComponent("spool")
        let staged = try stage(beside: spool)
        load.first = before.sales
        let begun = ContinuousClock.now
        // In one rename each, as a till does; the gateway takes the first while the last arrive.
        for file in staged {
            try FileManager.default.moveItem(
                at: file, to: spool.appendingPathComponent("incoming/\(file.lastPathComponent)"))
        }
        let meanwhile = try await load.run()
        let accepted = spool.appendingPathComponent("accepted").path
        while try FileManager.default.contentsOfDirectory(atPath: accepted).count < Self.files {
            guard ContinuousClock.now - begun < .seconds(120) else {
                throw BenchmarkError("the spool was not taken within 120 s")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        let seconds = (ContinuousClock.now - begun) / .seconds(1)
        Line.print("tills alone", "\(Distribution(before.milliseconds))   \(Int(before.rate)) a second")
        Line.print(
            "tills beside the files", "\(Distribution(meanwhile.milliseconds))   \(Int(meanwhile.rate)) a second")
        Line.print("files taken", String(format: "%.1f s, %.0f a second", seconds, Double(Self.files) / seconds))
    }

    /// The files, written where nobody looks yet.
    private func stage(beside spool: URL) throws -> [URL] {
        let folder = spool.deletingLastPathComponent().appendingPathComponent("staged")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return try (0..<Self.files).map { number in
            let file = folder.appendingPathComponent("\(number).json")
            try Data(SampleSale.event(50_000_000 + number, terminal: "S1").utf8).write(to: file)
            return file
        }
    }
}
