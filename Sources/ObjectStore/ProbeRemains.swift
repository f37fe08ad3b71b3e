import Synchronization

/// The objects of probes that could not be removed. The next probe takes one of them for its own, so that a store which removes
/// nothing does not fill with them.
final class ProbeRemains: Sendable {
    private let keys = Mutex<[ObjectKey]>([])

    /// One that is to be removed still; nil if there is none.
    func take() -> ObjectKey? { keys.withLock { $0.popLast() } }
    func leave(_ key: ObjectKey) { keys.withLock { $0.append(key) } }
}
