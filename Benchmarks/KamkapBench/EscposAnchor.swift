import Foundation

/// The same receipt by python-escpos, in a process of its own.
struct EscposAnchor {
    let python: String

    func run(_ receipt: SampleReceipt, rounds: Int) throws -> (cpu: Double, bytes: Int) {
        let task: [String: Any] = [
            "lines": receipt.lines, "url": SampleReceipt.url, "rounds": rounds,
            "font": "/usr/share/fonts/opentype/tlwg/Loma.otf",
        ]
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["Benchmarks/anchors/escpos_receipt.py"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: JSONSerialization.data(withJSONObject: task))
        try input.fileHandleForWriting.close()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard let figures = try JSONSerialization.jsonObject(with: answer) as? [String: Any],
            let cpu = figures["cpu_ms"] as? Double, let bytes = figures["bytes"] as? Int
        else { throw BenchmarkError("python-escpos gave no figures") }
        return (cpu, bytes)
    }
}
