import Glibc

/// Why Linux refused, or what was found instead of what was expected.
public struct HostError: Error, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// Another process holds the lock.
        case alreadyHeld
        /// Another process answers on the socket.
        case addressInUse
        /// Something that is no socket has the socket's path.
        case notASocket
        case notARegularFile
        case notFound
        case permissionDenied
        case alreadyExists
        case tooLarge
        /// Somebody has written to the file meanwhile, or replaced it.
        case changed
        case diskFull
        case invalidPath
        case unknownGroup
        case cancelled
        /// Any other refusal by the system; see `errno`.
        case system
    }

    public let code: Code
    /// What happened, what was expected, what to do; for people.
    public let message: String
    /// The system's error number, if it gave one.
    public let errno: CInt?

    public init(_ code: Code, _ message: String, errno: CInt? = nil) {
        self.code = code
        self.message = message
        self.errno = errno
    }

    public var description: String { message }
}

extension HostError {
    /// A refusal by the system: `doing` continues "Cannot …".
    static func refused(_ doing: String, errno number: CInt = Glibc.errno) -> HostError {
        let code: Code =
            switch number {
            case ENOENT, ENOTDIR: .notFound
            case EACCES, EPERM, EROFS: .permissionDenied
            case EEXIST: .alreadyExists
            case ENOSPC, EDQUOT: .diskFull
            case ENAMETOOLONG: .invalidPath
            default: .system
            }
        return HostError(code, "Cannot \(doing): \(reason(for: number)).", errno: number)
    }

    static func changed(_ place: FilePlace) -> HostError {
        HostError(.changed, "\(place) has changed meanwhile.")
    }

    /// The system's reason alone, which is the same for every file; the message if the system gave none.
    public var reason: String { errno.map(Self.reason) ?? message }

    private static func reason(for number: CInt) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard strerror_r(number, &buffer, buffer.count) == 0 else { return "error \(number)" }
        let text = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
