import NIOCore
import Synchronization

/// The connections of one listener: which are idle, and since when.
///
/// At the limit a new one takes the place of the one that has been idle longest. So a client that opens many and sends
/// nothing loses its own, and a till that comes is served.
final class ConnectionRegistry: Sendable {
    enum Place: Equatable {
        case given
        /// All are busy: its first request gets that answer.
        case surplus
        /// Too many connections wait for that answer already.
        case refused
    }

    /// Connections beyond the limit that get that answer.
    private static let maximumSurplus = 64

    private struct Entry {
        let channel: any Channel
        let isSurplus: Bool
        /// Counts up over all connections: when one last became idle or busy.
        var turn: UInt64
        var isBusy = false
    }

    private struct State {
        var entries: [ObjectIdentifier: Entry] = [:]
        var turn: UInt64 = 0

        mutating func nextTurn() -> UInt64 {
            turn += 1
            return turn
        }
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    func admit(_ channel: any Channel) -> Place {
        let (place, evicted): (Place, (any Channel)?) = state.withLock { state in
            let key = ObjectIdentifier(channel)
            let turn = state.nextTurn()
            if state.entries.count < limit {
                state.entries[key] = Entry(channel: channel, isSurplus: false, turn: turn)
                return (.given, nil)
            }
            if let idle = state.entries.filter({ !$0.value.isBusy }).min(by: { $0.value.turn < $1.value.turn }) {
                state.entries[idle.key] = nil
                let isSurplus = state.entries.count >= limit
                state.entries[key] = Entry(channel: channel, isSurplus: isSurplus, turn: turn)
                return (isSurplus ? .surplus : .given, idle.value.channel)
            }
            guard state.entries.count < limit + Self.maximumSurplus else { return (.refused, nil) }
            state.entries[key] = Entry(channel: channel, isSurplus: true, turn: turn)
            return (.surplus, nil)
        }
        evicted?.close(promise: nil)
        return place
    }

    /// A request has begun; false if it has to be refused.
    func begin(_ channel: any Channel) -> Bool {
        state.withLock { state in
            let turn = state.nextTurn()
            let key = ObjectIdentifier(channel)
            // A connection that was closed for another has no place any more.
            guard let entry = state.entries[key] else { return false }
            state.entries[key]?.isBusy = true
            state.entries[key]?.turn = turn
            return !entry.isSurplus
        }
    }

    /// A request was answered. Returns the turn at which the connection became idle.
    func end(_ channel: any Channel) -> UInt64 {
        state.withLock { state in
            let turn = state.nextTurn()
            state.entries[ObjectIdentifier(channel)]?.isBusy = false
            state.entries[ObjectIdentifier(channel)]?.turn = turn
            return turn
        }
    }

    /// Whether no request has come on it since `turn`.
    func isIdle(_ channel: any Channel, since turn: UInt64) -> Bool {
        state.withLock { $0.entries[ObjectIdentifier(channel)]?.turn == turn }
    }

    func leave(_ channel: any Channel) {
        state.withLock { $0.entries[ObjectIdentifier(channel)] = nil }
    }
}
