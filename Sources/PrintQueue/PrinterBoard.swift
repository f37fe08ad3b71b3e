public import Foundation
public import Printing
public import Runtime
import Synchronization

/// What each printer last said of itself, for whoever asks.
public final class PrinterBoard: Sendable {
    public enum State: String, Sendable, CaseIterable {
        /// Not asked yet, or a printer that says nothing.
        case unknown
        case ready
        /// Prints, but wants something soon: paper is near its end.
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
        /// "out of paper", or why it cannot be reached; nil where there is nothing to say.
        public internal(set) var detail: String?
        /// Since when the state is so, as the machine's clock showed it.
        public internal(set) var since: Date
        /// The same in counted time.
        public internal(set) var countedSince: Date
        /// What it last said of its sensors; nil where that is not known: it cannot be reached, or says nothing.
        public internal(set) var sensors: PrinterStatus?

        var canPrint: Bool { state == .ready || state == .attention }
    }

    private let entries: Mutex<[Entry]>
    private let changed: @Sendable (Entry) -> Void
    private let clock: GatewayClock
    /// Each rings when there is news of its printer.
    private let wakeSignals = Mutex<[String: WakeSignal]>([:])

    /// - Parameter changed: told of every change, in the order of the changes. It must not block.
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

    /// Notes how a printer is, where it did not say so itself.
    func note(_ name: String, _ state: State, _ detail: String?, at now: Date) {
        change(name, at: now) { entry in
            entry.state = state
            entry.detail = detail
            if state == .unreachable || state == .unknown { entry.sensors = nil }
        }
    }

    /// Notes what a printer said of itself; its entry where its state or what it says is news.
    func note(_ name: String, _ status: PrinterStatus, at now: Date) -> Entry? {
        change(name, at: now) { entry in
            let sensors = status.completed(from: entry.sensors)
            entry.sensors = sensors
            entry.state = sensors.canPrint ? (sensors.paperNearEnd ? .attention : .ready) : .unable
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
            // Under the lock, so that events come in the order of the changes.
            changed(entry)
            return entry.state == before.state && entry.detail == before.detail ? nil : entry
        }
    }
}
