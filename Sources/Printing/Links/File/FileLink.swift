import Glibc
import NIOPosix

/// A regular file that is appended to in place of a printer. It never answers.
public struct FileLink: PrinterLink {
    public let path: String
    public var answers: Bool { false }

    public init(path: String) {
        self.path = path
    }

    /// Creates the file, readable by its owner alone, when there is none. `timeout` does not apply to files.
    public func connect(timeout: Duration) async throws(PrintingError) -> any PrinterConnection {
        let path = path
        let opened: Result<CInt, PrintingError>
        do {
            opened = try await NIOThreadPool.singleton.runIfActive { Self.open(path) }
        } catch {
            throw PrintingError(.cancelled, "Opening \(path) was given up.", underlying: error)
        }
        return FileConnection(descriptor: try opened.get(), path: path)
    }

    private static func open(_ path: String) -> Result<CInt, PrintingError> {
        // Without O_NONBLOCK a named pipe would hold us here until somebody reads it.
        let descriptor = Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else {
            return .failure(
                PrintingError(
                    .cannotConnect, "Cannot open \(path) to print into: \(systemReason(errno))."))
        }
        var about = stat()
        guard fstat(descriptor, &about) == 0, about.st_mode & S_IFMT == S_IFREG else {
            _ = Glibc.close(descriptor)
            return .failure(
                PrintingError(
                    .cannotConnect, "\(path) is not a regular file; file:// appends to files only. Name another path."))
        }
        return .success(descriptor)
    }
}
