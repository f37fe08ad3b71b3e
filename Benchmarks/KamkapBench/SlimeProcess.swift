import Foundation
import Simulators

/// The simulated Slime in a process of its own, so that its callers do not share its threads.
final class SlimeProcess {
    static let argument = "--simulate-slime"

    private let child: ChildProcess

    init(port: Int) throws {
        child = try ChildProcess(Self.argument, String(port))
        guard try child.firstWord() == "ready" else { throw BenchmarkError("the simulated Slime did not start") }
    }

    var vitals: ProcessVitals { child.vitals }

    func end() { child.end() }

    static func endpoint(port: Int) -> String { "http://127.0.0.1:\(port)/projects/123456/api" }

    /// A port that nobody listens on.
    static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 ? getsockname(descriptor, $0, &size) : -1
            }
        }
        guard code == 0 else { throw BenchmarkError("no free port: \(String(cString: strerror(errno)))") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// What that process does.
    static func serve(port: Int) async throws {
        var configuration = SlimeSimulator.Configuration()
        configuration.port = port
        let slime = SlimeSimulator(configuration: configuration)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await slime.run() }
            _ = try await slime.endpoint()
            try FileHandle.standardOutput.write(contentsOf: Data("ready".utf8))
            try await group.next()
        }
    }
}
