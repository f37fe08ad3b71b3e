import Glibc
import NIOCore
import NIOPosix

/// Tells that a directory may hold something new.
public enum DirectoryWatch {
    /// A stream of "look again": one at once, then one after files have come, however many. Which they are is for the reader
    /// to find out: the kernel drops events when too many come.
    ///
    /// Ends when the directory is removed or moved, and when its reader is cancelled; nothing is left running then.
    public static func ticks(of directory: String) async throws(HostError) -> AsyncStream<Void> {
        let watch = Descriptor(inotify_init1(CInt(IN_NONBLOCK) | CInt(IN_CLOEXEC)))
        guard watch.number >= 0 else { throw .refused("watch \(directory)") }
        let events =
            UInt32(IN_CLOSE_WRITE) | UInt32(IN_MOVED_TO) | UInt32(IN_CREATE) | UInt32(IN_DELETE_SELF)
            | UInt32(IN_MOVE_SELF) | UInt32(IN_ONLYDIR)
        guard inotify_add_watch(watch.number, directory, events) >= 0 else {
            throw .refused("watch the directory \(directory)")
        }
        let (stream, ticks) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        ticks.yield()
        let number = watch.release()
        let channel: any Channel
        do {
            channel = try await NIOPipeBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                // An event with its name takes up to 272 bytes; a smaller read fails.
                .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 16 * 1_024))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(InotifyHandler(ticks))
                    }
                }
                .takingOwnershipOfDescriptor(input: number).get()
        } catch {
            close(number)
            throw HostError(.system, "Cannot watch the directory \(directory): \(error).")
        }
        ticks.onTermination = { _ in channel.close(promise: nil) }
        return stream
    }
}
