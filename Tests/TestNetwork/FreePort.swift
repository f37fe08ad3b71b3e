import Foundation

/// Ports of this machine.
public enum FreePort {
    /// The kernel's choice, given back at once.
    public static func find() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        return try bind(descriptor)
    }

    static func bind(_ descriptor: Int32) throws -> Int {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isBound else { throw NetworkFixtureError("no free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// A port whose queue is full, so that nobody gets in and nobody is turned away.
    public static func full<Value: Sendable>(_ body: (Int) async throws -> Value) async throws -> Value {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var descriptors = [listener]
        defer { for descriptor in descriptors { close(descriptor) } }
        let port = try bind(listener)
        guard listen(listener, 0) == 0 else { throw NetworkFixtureError("cannot listen") }
        // A queue of 0 takes one; the others' connections hang.
        for _ in 0..<4 {
            let caller = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            descriptors.append(caller)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            address.sin_port = UInt16(port).bigEndian
            _ = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(caller, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
        return try await body(port)
    }
}
