/// Kinds of sockets, and the flags to open them with (socket(2); asm-generic/fcntl.h).
///
/// They are written out: in glibc they are members of an enumeration that several C modules include, and Swift assigns
/// it to the module that it has read first, which differs from build to build.
enum SocketKind {
    static let stream: CInt = 1
    static let closeOnExec: CInt = 0o2_000_000
    static let nonBlocking: CInt = 0o4_000
}
