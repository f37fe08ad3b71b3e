import Runtime
import Synchronization

/// The free space of the database's file system, as last seen, and whether that is enough to take a sale.
public final class DiskSpace: Sendable {
    enum Change: Equatable {
        case short(String), enough
    }

    private struct State {
        var free: Int?
        /// A write found no room; this stands until a look finds some.
        var wasFull = false
        var wasSaidShort = false
    }

    /// What a commit and its log may need after a write has failed for lack of room.
    private static let roomAfterFull = 256 << 10

    private let minimum: Int
    private let state = Mutex(State())
    let lookSoon = WakeSignal()

    /// - Parameter minimum: bytes that must be free; sales already taken need some to be finished.
    public init(minimum: Int) {
        self.minimum = minimum
    }

    /// Bytes; nil while nobody has looked.
    public var free: Int? { state.withLock(\.free) }

    /// Why no sale is taken, as a message for a till; nil if there is room.
    public var shortage: String? { state.withLock { shortage(in: $0) } }

    /// Why nothing of this size is kept beside the sales, whose room stays theirs; nil if it fits.
    func shortage(beside bytes: Int) -> String? {
        state.withLock { state in
            if state.wasFull { return "the database's disk is full" }
            guard let free = state.free, free < minimum || free - minimum < bytes else { return nil }
            return
                "\(Self.text(free)) are free on the database's disk, and sales need \(Self.text(minimum)) of it (outbox.min_free_space)"
        }
    }

    /// The bytes that may still be written, just looked up. Returns what has changed since the last look.
    func update(free: Int) -> Change? {
        state.withLock { state in
            state.free = free
            if free >= max(minimum, Self.roomAfterFull) { state.wasFull = false }
            let shortage = shortage(in: state)
            defer { state.wasSaidShort = shortage != nil }
            guard (shortage != nil) != state.wasSaidShort else { return nil }
            return shortage.map { .short($0) } ?? .enough
        }
    }

    /// A write found the disk full. Returns the message for it.
    func recordFull() -> String {
        state.withLock { $0.wasFull = true }
        lookSoon.notify()
        return Self.full
    }

    private func shortage(in state: State) -> String? {
        if let free = state.free, free < minimum {
            return "\(Self.text(free)) are free on the database's disk, and outbox.min_free_space requires "
                + "\(Self.text(minimum)); the sale can be posted again once there is space"
        }
        return state.wasFull ? Self.full : nil
    }

    private static let full =
        "the database's disk is full; the sale was not kept, and can be posted again once there is space"

    private static func text(_ bytes: Int) -> String {
        let tenths = bytes / ((1 << 20) / 10)
        return tenths.isMultiple(of: 10) ? "\(tenths / 10) MiB" : "\(tenths / 10).\(tenths % 10) MiB"
    }
}
