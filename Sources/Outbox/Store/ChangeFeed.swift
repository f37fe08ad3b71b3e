import Journey
public import Sales
import Synchronization

/// Wakes the readers of the outbox after a commit. A tick carries no data: a reader that wakes reads again.
///
/// Ticks that nobody has taken yet merge into one, so nothing piles up. Observers get the changes, only for display and
/// counting.
public final class ChangeFeed: Sendable {
    /// What a reader waits for.
    public enum Topic: Hashable, Sendable {
        /// Every commit that changed something.
        case everything
        /// A change of this sale, or of the account with a service.
        case sale(TransactionID)
        /// A change of this slip, or of the account with a service.
        case slip(SlipID)
        /// An invoice of a supplier of which nothing is owed any more, or that staff have read anew.
        case supplierInvoices
        /// A job of this service that is new, became due or changed, or a change of an account.
        case jobs(of: ServiceName)
        /// A print in this printer's queue that is new, changed or went elsewhere; the end of a registration that such a
        /// print waits for; or a change of an account.
        case prints(on: String)
    }

    private struct Subscriptions {
        var nextKey = 0
        var readers: [Topic: [Int: AsyncStream<Void>.Continuation]] = [:]
        var observers: [@Sendable ([OutboxChange]) -> Void] = []
    }

    private let subscriptions = Mutex(Subscriptions())

    init() {}

    /// A tick after every commit that changed something of the topic.
    public func ticks(of topic: Topic = .everything) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let key = subscriptions.withLock { subscriptions in
            subscriptions.nextKey += 1
            subscriptions.readers[topic, default: [:]][subscriptions.nextKey] = continuation
            return subscriptions.nextKey
        }
        continuation.onTermination = { [weak self] _ in self?.end(key, topic) }
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
        guard !log.topics.isEmpty || log.concernsAll else { return }
        let woken = subscriptions.withLock { subscriptions in
            let readers = subscriptions.readers
            return log.concernsAll ? Array(readers.values) : log.topics.compactMap { readers[$0] }
        }
        for continuation in woken.joined().map(\.value) { continuation.yield() }
    }

    private func end(_ key: Int, _ topic: Topic) {
        subscriptions.withLock { subscriptions in
            subscriptions.readers[topic]?[key] = nil
            if subscriptions.readers[topic]?.isEmpty == true { subscriptions.readers[topic] = nil }
        }
    }
}

/// What one batch changed. Confined to the database's queue.
final class ChangeLog {
    private(set) var topics: Set<ChangeFeed.Topic> = []
    private(set) var concernsAll = false
    private(set) var changes: [OutboxChange] = []

    /// Something changed: wakes the readers of the topic, and those who wait for everything.
    func wake(_ topic: ChangeFeed.Topic = .everything) {
        topics.insert(topic)
        topics.insert(.everything)
    }

    /// Something changed that every sale, job or print depends on: wakes all.
    func wakeAll() { concernsAll = true }

    func add(_ change: OutboxChange) {
        changes.append(change)
        switch change {
        case .accepted(let sale):
            wake(.sale(sale.id))
            wake(.jobs(of: sale.registration.provider))
            for print in sale.prints { wake(.prints(on: print.printer)) }
        case .registration(let id, _, _), .saleInvoice(let id, _): wake(.sale(id))
        case .print(let id, let print, _):
            wake(.sale(id))
            if print.machine.state == .queued { wake(.prints(on: print.printer)) }
        case .documentPrint(let print):
            wake(.sale(print.sale))
            if print.machine.state == .queued { wake(.prints(on: print.printer)) }
        case .document(let id, _): wake(.sale(id))
        case .slip(let slip, _):
            wake(.slip(slip.id))
            wake(.jobs(of: slip.service))
            if let sale = slip.sale { wake(.sale(sale)) }
        case .supplierInvoice(let invoice, _):
            wake(invoice.state.isOwed ? .jobs(of: invoice.service) : .supplierInvoices)
        case .settled: break
        case .bill: wake()
        case .account: wakeAll()
        }
    }

    /// Forgets the changes of a write that was rolled back. An extra tick does no harm.
    func keepFirst(_ count: Int) { changes.removeSubrange(count...) }
}
