import Foundation
import Synchronization

/// A loop's sign of life: each time round it says by when it will be round again.
public final class Pulse: Sendable {
    /// A loop that waits for something looks round at least so often, whether anything has happened or not.
    static let interval: TimeInterval = 10
    /// Time enough for a database on a slow disk.
    private static let usual: Duration = .seconds(45)

    let name: String
    // Not a clock that counts while the machine sleeps: no loop turns then.
    private let due = Mutex(SuspendingClock.now + Pulse.usual)

    init(_ name: String) {
        self.name = name
    }

    /// - Parameter limit: how long the loop may take now, where that is longer than usual.
    public func beat(within limit: Duration? = nil) {
        due.withLock { $0 = .now + (limit ?? Self.usual) }
    }

    fileprivate var isOverdue: Bool { due.withLock { $0 < .now } }
}

/// The pulses of all loops, for whoever has to know that every one of them turns.
public final class PulseBoard: Sendable {
    private let pulses = Mutex<[Pulse]>([])

    public init() {}

    public func pulse(_ name: String) -> Pulse {
        let pulse = Pulse(name)
        pulses.withLock { $0.append(pulse) }
        return pulse
    }

    /// The loops that do not turn.
    public var overdue: [String] {
        pulses.withLock { $0.filter(\.isOverdue).map(\.name) }
    }
}

extension Bell {
    /// As ``wait(until:clock:)``, but with a look round in between for those who watch the pulse.
    func wait(until deadline: Date?, clock: GatewayClock, pulse: Pulse?) async {
        guard let pulse else { return await wait(until: deadline, clock: clock) }
        pulse.beat()
        let latest = clock.now.addingTimeInterval(Pulse.interval)
        await wait(until: min(deadline ?? latest, latest), clock: clock)
        pulse.beat()
    }
}
