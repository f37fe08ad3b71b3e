import Glibc

/// A small file that holds a secret.
public enum PrivateFile {
    /// Bytes: a secret has far fewer, a chain of certificates with its key too.
    private static let longest = 256 << 10

    /// Its text, without one newline at its end.
    ///
    /// - Parameter mayBePublic: false to throw `permissionDenied` where others than the owner and its group can get at it.
    public static func text(_ path: String, mayBePublic: Bool = false) throws(HostError) -> String {
        let file = Descriptor(Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC))
        guard file.number >= 0 else { throw .refused("read \(path)") }
        var about = stat()
        guard fstat(file.number, &about) == 0 else { throw .refused("look at \(path)") }
        guard about.st_mode & S_IFMT == S_IFREG else {
            throw HostError(.notARegularFile, "\(path) is not a regular file.")
        }
        guard mayBePublic || about.st_mode & 0o007 == 0 else {
            throw HostError(
                .permissionDenied, "Everybody on this machine can get at \(path). Keep it secret: chmod 0640 \(path)")
        }
        let bytes = try DurableFile.contents(of: file.number, path: path, maxBytes: longest)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw HostError(.notARegularFile, "\(path) is not text in UTF-8.")
        }
        return String(text.hasSuffix("\r\n") || text.hasSuffix("\n") ? text.dropLast() : text[...])
    }
}
