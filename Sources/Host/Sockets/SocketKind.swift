/// Kinds of sockets, and what they are opened with (socket(2); asm-generic/fcntl.h).
///
/// Written out: glibc has them as members of an enumeration that several C modules include, and Swift takes it to belong to
/// whichever it has read first, which differs from build to build.
enum SocketKind {
    static let stream: CInt = 1
    static let closeOnExec: CInt = 0o2_000_000
    static let nonBlocking: CInt = 0o4_000
}
