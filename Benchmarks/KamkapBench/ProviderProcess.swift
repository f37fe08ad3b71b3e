import Foundation

/// A simulated provider in a process of its own, so that its callers do not share its threads.
final class ProviderProcess {
    private static let argument = "--simulate-"

    private let child: ChildProcess

    init(_ provider: ProviderUnderTest, port: Int) throws {
        child = try ChildProcess(Self.argument + provider.rawValue, String(port))
        guard try child.firstWord() == "ready" else {
            throw BenchmarkError("the simulated \(provider.title) did not start")
        }
    }

    var vitals: ProcessVitals { child.vitals }

    func end() { child.end() }

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

    /// The provider that an argument asks to be run.
    static func provider(of argument: String) -> ProviderUnderTest? {
        guard argument.hasPrefix(Self.argument) else { return nil }
        return ProviderUnderTest(rawValue: String(argument.dropFirst(Self.argument.count)))
    }

    /// What that process does.
    static func serve(_ provider: ProviderUnderTest, port: Int) async throws {
        try await provider.run(port: port) { _ in
            try FileHandle.standardOutput.write(contentsOf: Data("ready".utf8))
            // Until it is ended.
            try await Task.sleep(for: .seconds(86_400))
        }
    }
}
