import Glibc
import NIOPosix
import Synchronization

/// A file open for appending. Its work is done on the thread pool, where a slow disk holds up no event loop.
final class FileConnection: PrinterConnection {
    private let descriptor: Mutex<CInt?>
    private let path: String

    init(descriptor: CInt, path: String) {
        self.descriptor = Mutex(descriptor)
        self.path = path
    }

    deinit {
        _ = Self.close(descriptor)
    }

    func write(_ bytes: [UInt8], timeout: Duration) async throws(PrintingError) {
        try await work { descriptor in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if errno != EINTR {
                    return false
                }
            }
            return true
        }
    }

    func flush(timeout: Duration) async throws(PrintingError) {
        try await work { fsync($0) == 0 }
    }

    func read(timeout: Duration) async throws(PrintingError) -> [UInt8]? {
        nil
    }

    func close() async {
        try? await NIOThreadPool.singleton.runIfActive { [self] in _ = Self.close(descriptor) }
    }

    private static func close(_ descriptor: borrowing Mutex<CInt?>) -> CInt {
        descriptor.withLock { descriptor in
            defer { descriptor = nil }
            return descriptor.map { Glibc.close($0) } ?? 0
        }
    }

    /// Holds the descriptor while `body` uses it, so that a close cannot hand its number to another file meanwhile.
    private func work(_ body: @escaping @Sendable (CInt) -> Bool) async throws(PrintingError) {
        let failure: CInt?
        do {
            failure = try await NIOThreadPool.singleton.runIfActive { [self] in
                descriptor.withLock { descriptor in
                    guard let descriptor else { return EBADF }
                    return body(descriptor) ? nil : errno
                }
            }
        } catch {
            throw PrintingError(.cancelled, "Writing to \(path) was given up.", underlying: error)
        }
        if let failure { throw PrintingError(.system, "Cannot write to \(path): \(systemReason(failure)).") }
    }
}
