import Glibc
import NIOCore
import NIOPosix

/// Reports what comes into a directory, and when its writers are done with it.
public final class DirectoryWatch: Sendable {
    private let mailbox: DirectoryMailbox
    private let channel: any Channel

    /// Watches from now on. The caller looks afterwards for what is there already.
    public init(_ directory: String) async throws(HostError) {
        let watch = Descriptor(inotify_init1(CInt(IN_NONBLOCK) | CInt(IN_CLOEXEC)))
        guard watch.number >= 0 else { throw Self.refused(directory, limit: EMFILE, "fs.inotify.max_user_instances") }
        let events =
            UInt32(IN_CLOSE_WRITE) | UInt32(IN_MOVED_TO) | UInt32(IN_CREATE) | UInt32(IN_ATTRIB)
            | UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF) | UInt32(IN_ONLYDIR)
        guard inotify_add_watch(watch.number, directory, events) >= 0 else {
            throw Self.refused(directory, limit: ENOSPC, "fs.inotify.max_user_watches")
        }
        let mailbox = DirectoryMailbox()
        let number = watch.release()
        do {
            channel = try await NIOPipeBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                // An event with its name takes up to 272 bytes; a smaller read fails.
                .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 16 * 1_024))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(InotifyHandler(mailbox))
                    }
                }
                .takingOwnershipOfDescriptor(input: number).get()
        } catch {
            close(number)
            throw HostError(.system, "Cannot watch the directory \(directory): \(error).")
        }
        self.mailbox = mailbox
    }

    deinit { channel.close(promise: nil) }

    /// The changes since the last call. Waits for a change, for `limit` at most.
    public func changes(within limit: Duration) async -> DirectoryChanges {
        await mailbox.waitForChanges(within: limit)
        return mailbox.take()
    }

    /// Both limits are a user's, for all programs together, and their error numbers say something else (inotify(7)).
    private static func refused(_ directory: String, limit: CInt, _ setting: String) -> HostError {
        guard errno == limit else { return .refused("watch the directory \(directory)") }
        return HostError(
            .system,
            "Cannot watch the directory \(directory): the limit for this user is reached. Raise it: sysctl \(setting)",
            errno: limit)
    }
}
