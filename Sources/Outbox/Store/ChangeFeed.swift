public import Sales
import Synchronization

/// Wakes the readers of the outbox after a commit. A tick carries no data: a reader that wakes reads again.
///
/// Ticks that nobody has taken yet merge into one, so nothing piles up. Observers get the changes, only for display and
/// counting.
public final class ChangeFeed: Sendable {
    private struct Subscriptions {
        var nextKey = 0
        var all: [Int: AsyncStream<Void>.Continuation] = [:]
        var one: [TransactionID: [Int: AsyncStream<Void>.Continuation]] = [:]
        var observers: [@Sendable ([OutboxChange]) -> Void] = []
    }

    private let subscriptions = Mutex(Subscriptions())

    init() {}

    /// A tick after every commit that changed something; with `id`, only after one that changed that sale.
    public func ticks(for id: TransactionID? = nil) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let key = subscriptions.withLock { subscriptions in
            subscriptions.nextKey += 1
            if let id {
                subscriptions.one[id, default: [:]][subscriptions.nextKey] = continuation
            } else {
                subscriptions.all[subscriptions.nextKey] = continuation
            }
            return subscriptions.nextKey
        }
        continuation.onTermination = { [weak self] _ in self?.end(key, id) }
        return stream
    }

    /// Calls `tell` for every commit from now on, in the order of the commits and before the writer goes on.
    ///
    /// It runs on the database's queue, where every sale waits for it: it must neither block nor read the outbox.
    public func observe(_ tell: @escaping @Sendable ([OutboxChange]) -> Void) {
        subscriptions.withLock { $0.observers.append(tell) }
    }

    /// Informs the observers of what is on disk now.
    func report(_ log: ChangeLog) {
        guard !log.changes.isEmpty else { return }
        for tell in subscriptions.withLock(\.observers) { tell(log.changes) }
    }

    /// Wakes the readers.
    func publish(_ log: ChangeLog) {
        let (ids, concernsAll) = (log.ids, log.concernsAll)
        guard concernsAll || !ids.isEmpty else { return }
        let woken = subscriptions.withLock { subscriptions in
            let one = subscriptions.one
            let watched = concernsAll ? Array(one.values) : ids.compactMap { one[$0] }
            return Array(subscriptions.all.values) + watched.flatMap(\.values)
        }
        for continuation in woken { continuation.yield() }
    }

    private func end(_ key: Int, _ id: TransactionID?) {
        subscriptions.withLock { subscriptions in
            guard let id else {
                subscriptions.all[key] = nil
                return
            }
            subscriptions.one[id]?[key] = nil
            if subscriptions.one[id]?.isEmpty == true { subscriptions.one[id] = nil }
        }
    }
}

/// The sales that one batch changed. Confined to the database's queue.
final class ChangeLog {
    private(set) var ids: Set<TransactionID> = []
    private(set) var concernsAll = false
    private(set) var changes: [OutboxChange] = []

    func note(_ id: TransactionID) { ids.insert(id) }
    func noteAll() { concernsAll = true }

    func note(_ change: OutboxChange) {
        changes.append(change)
        if let id = change.id { note(id) }
    }

    /// Forgets the notes of a write that was rolled back. A tick too many does no harm.
    func keepFirst(_ count: Int) { changes.removeSubrange(count...) }
}
