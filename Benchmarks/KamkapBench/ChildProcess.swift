import Foundation

/// This program once more, as a process of its own that does one thing, so its processor time and memory can be
/// measured.
final class ChildProcess {
    private let process = Process()
    private let pipe = Pipe()

    init(_ arguments: String...) throws {
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
        process.arguments = arguments
        process.standardOutput = pipe
        // The others print too, after what was printed here.
        fflush(nil)
        try process.run()
    }

    var vitals: ProcessVitals { ProcessVitals(process.processIdentifier) }

    /// Everything that it writes until it ends.
    func output() async throws -> Data {
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchmarkError("\(process.arguments?.first ?? "") ended with \(process.terminationStatus)")
        }
        return data
    }

    /// The first output: it is ready.
    func firstWord() throws -> String {
        String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
    }

    func end() {
        process.terminate()
        process.waitUntilExit()
    }
}

/// What Linux reports about a process (proc(5)).
struct ProcessVitals {
    private let identifier: Int32

    init(_ identifier: Int32) {
        self.identifier = identifier
    }

    /// Milliseconds of processor time, of all its threads.
    var processor: Double {
        let stat = (try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8)) ?? ""
        // Fields 14 and 15, counted from behind the name, which may contain anything.
        let fields = stat.drop { $0 != ")" }.split(separator: " ").dropFirst()
        let ticks = fields.dropFirst(11).prefix(2).compactMap { Double($0) }.reduce(0, +)
        return ticks / Double(sysconf(CInt(_SC_CLK_TCK))) * 1_000
    }

    /// Megabytes of memory, now and at most so far.
    var memory: (resident: Double, peak: Double) { (megabytes("VmRSS:"), megabytes("VmHWM:")) }

    private func megabytes(_ name: String) -> Double {
        let status = (try? String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
        return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) } ?? .nan) / 1_024
    }
}

/// Milliseconds of processor time that this process has used.
enum ProcessorTime {
    /// clock(3) counts microseconds on every POSIX system.
    static var now: Double { Double(clock()) / 1_000 }
}
