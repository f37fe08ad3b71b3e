public import Foundation
public import Printing
public import Runtime
import Synchronization

/// Each printer's last report.
public final class PrinterBoard: Sendable {
    public enum State: String, Sendable, CaseIterable {
        /// Not asked yet, or a printer that never answers.
        case unknown
        case ready
        /// Prints, but needs something soon: paper is near its end.
        case attention
        /// Says that it cannot print.
        case unable
        /// Cannot be reached.
        case unreachable
    }

    public struct Entry: Sendable, Equatable {
        public let name: String
        /// As configured; holds no secret.
        public let device: String
        public let widthInDots: Int
        public internal(set) var state: State
        /// "out of paper", or why it cannot be reached; nil if there is nothing to say.
        public internal(set) var detail: String?
        /// Since when it is in this state, as the machine's clock showed it.
        public internal(set) var since: Date
        /// The same in counted time.
        public internal(set) var countedSince: Date
        /// Its last report on its sensors; nil if that is not known: it cannot be reached, or never answers.
        public internal(set) var sensors: PrinterStatus?

        var canPrint: Bool { state == .ready || state == .attention }
    }

    private let entries: Mutex<[Entry]>
    private let changed: @Sendable (Entry) -> Void
    private let clock: GatewayClock
    /// Each signals when there is news of its printer.
    private let wakeSignals = Mutex<[String: WakeSignal]>([:])

    /// - Parameter changed: called at every change, in order. It must not block.
    public init(
        printers: [(name: String, device: String, widthInDots: Int)], clock: GatewayClock = .system,
        changed: @escaping @Sendable (Entry) -> Void = { _ in }
    ) {
        self.changed = changed
        self.clock = clock
        let now = clock.now
        let shown = clock.shown
        entries = Mutex(
            printers.map {
                Entry(
                    name: $0.name, device: $0.device, widthInDots: $0.widthInDots, state: .unknown, detail: nil,
                    since: shown, countedSince: now)
            })
    }

    /// In the order of the configuration.
    public var all: [Entry] { entries.withLock(\.self) }

    public func entry(_ name: String) -> Entry? {
        entries.withLock { $0.first { $0.name == name } }
    }

    func notify(_ wakeSignal: WakeSignal, atNewsOf name: String) {
        wakeSignals.withLock { $0[name] = wakeSignal }
    }

    /// Notes a printer's state if the printer did not report it itself.
    func record(_ name: String, _ state: State, _ detail: String?, at now: Date) {
        change(name, at: now) { entry in
            entry.state = state
            entry.detail = detail
            if state == .unreachable || state == .unknown { entry.sensors = nil }
        }
    }

    /// Notes a printer's report; returns its entry if the state or the report is new.
    func record(_ name: String, _ status: PrinterStatus, at now: Date) -> Entry? {
        change(name, at: now) { entry in
            let sensors = status.completed(from: entry.sensors)
            entry.sensors = sensors
            entry.state = sensors.canPrint ? (sensors.faults.contains(.paperNearEnd) ? .attention : .ready) : .unable
            entry.detail = entry.state == .ready ? nil : sensors.summary
        }
    }

    @discardableResult
    private func change(_ name: String, at now: Date, _ change: (inout Entry) -> Void) -> Entry? {
        let news = write(name, at: now, change)
        if news != nil { wakeSignals.withLock { $0[name] }?.notify() }
        return news
    }

    private func write(_ name: String, at now: Date, _ change: (inout Entry) -> Void) -> Entry? {
        entries.withLock { entries in
            guard let index = entries.firstIndex(where: { $0.name == name }) else { return nil }
            let before = entries[index]
            var entry = before
            change(&entry)
            if entry.state != before.state { (entry.since, entry.countedSince) = (clock.shown(now), now) }
            guard entry != before else { return nil }
            entries[index] = entry
            // Under the lock: events come in the order of the changes.
            changed(entry)
            return entry.state == before.state && entry.detail == before.detail ? nil : entry
        }
    }
}
