public import Foundation
import Synchronization

/// A loop's sign of life: each time around it says by when it will be around again.
public final class Heartbeat: Sendable {
    /// A loop that waits for something goes around at least this often, whether anything has happened or not.
    public static let interval: TimeInterval = 10
    /// Enough time for a database on a slow disk.
    private static let usual: Duration = .seconds(45)

    public let name: String
    // Not a clock that counts while the machine sleeps: no loop runs then.
    private let due = Mutex(SuspendingClock.now + Heartbeat.usual)

    public init(_ name: String) {
        self.name = name
    }

    /// - Parameter limit: how long the loop may take now, if that is longer than usual.
    public func beat(within limit: Duration? = nil) {
        due.withLock { $0 = .now + (limit ?? Self.usual) }
    }

    fileprivate var isOverdue: Bool { due.withLock { $0 < .now } }
}

/// The liveness of all loops.
public final class LivenessMonitor: Sendable {
    private let liveness = Mutex<[Heartbeat]>([])

    public init() {}

    public func heartbeat(_ name: String) -> Heartbeat {
        let heartbeat = Heartbeat(name)
        liveness.withLock { $0.append(heartbeat) }
        return heartbeat
    }

    /// The loops that hang.
    public var overdue: [String] {
        liveness.withLock { $0.filter(\.isOverdue).map(\.name) }
    }
}

extension WakeSignal {
    /// Like ``wait(until:clock:)``, but it wakes in between to give the heartbeat.
    public func wait(until deadline: Date?, clock: GatewayClock, heartbeat: Heartbeat?) async {
        guard let heartbeat else {
            await wait(until: deadline, clock: clock)
            return
        }
        heartbeat.beat()
        let latest = clock.now.addingTimeInterval(Heartbeat.interval)
        await wait(until: min(deadline ?? latest, latest), clock: clock)
        heartbeat.beat()
    }
}
