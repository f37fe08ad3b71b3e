public import Foundation
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
        /// Since when the state is so.
        public internal(set) var since: Date
    }

    private let entries: Mutex<[Entry]>

    public init(printers: [(name: String, device: String, widthInDots: Int)], at now: Date = Date()) {
        entries = Mutex(
            printers.map {
                Entry(
                    name: $0.name, device: $0.device, widthInDots: $0.widthInDots, state: .unknown, detail: nil,
                    since: now)
            })
    }

    /// In the order of the configuration.
    public var all: [Entry] { entries.withLock(\.self) }

    public func entry(_ name: String) -> Entry? {
        entries.withLock { $0.first { $0.name == name } }
    }

    /// Notes what a printer says; true where that is news.
    @discardableResult
    func note(_ name: String, _ state: State, _ detail: String?, at now: Date) -> Bool {
        entries.withLock { entries in
            guard let index = entries.firstIndex(where: { $0.name == name }) else { return false }
            guard entries[index].state != state || entries[index].detail != detail else { return false }
            if entries[index].state != state { entries[index].since = now }
            entries[index].state = state
            entries[index].detail = detail
            return true
        }
    }
}
