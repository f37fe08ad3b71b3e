import Foundation
import RemoteServices
import Sales

/// A new file for one secret, with room for it.
final class TokenFile {
    /// More than any token has.
    private static let room: off_t = 65_536

    private let path: String
    private let descriptor: Int32
    /// Whether it holds the whole secret.
    private var isWhole = false

    init(_ path: String) throws(OperationError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            let code = errno
            if code == EEXIST {
                throw .wrongState("\(path) is there already, and nothing is overwritten; name another file")
            }
            throw Self.refusal(path, code)
        }
        // A disk that is full says so here, and not once a token was made.
        let code = posix_fallocate(descriptor, 0, Self.room)
        guard code == 0 else {
            close()
            throw Self.refusal(path, code)
        }
        syncFolder()
    }

    func keep(_ token: AccessToken) throws(OperationError) {
        do { try token.write { try write($0) } } catch {
            throw .unavailable(
                isWhole
                    ? "the token is in \(path), but may not be on the disk yet: \(error)"
                    : "the token could not be written to \(path): \(error)",
                retryAfter: .seconds(5))
        }
    }

    /// Nothing is left of a file that does not hold its secret.
    func close() {
        Foundation.close(descriptor)
        if !isWhole { unlink(path) }
    }

    private func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw POSIXError(.init(rawValue: errno) ?? .EIO)
            }
        }
        guard ftruncate(descriptor, off_t(bytes.count)) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        isWhole = true
        guard fsync(descriptor) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }

    /// After a power cut the file's name has to be there too. A folder that may not be read is no reason to give up.
    private func syncFolder() {
        let name = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let folder = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        Foundation.close(folder)
    }

    private static func refusal(_ path: String, _ code: Int32) -> OperationError {
        .invalidRequest([
            SaleFault(
                pointer: "/path", detail: "the gateway cannot make \(path): \(String(cString: strerror(code)))")
        ])
    }
}
