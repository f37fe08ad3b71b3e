import RemoteServices
import Synchronization

/// A failure that no question to the service shows, until the same call succeeds.
final class LastFailure: Sendable {
    private let state = Mutex<ServiceFailure?>(nil)

    var last: ServiceFailure? { state.withLock(\.self) }

    func happened(_ failure: ServiceFailure) { state.withLock { $0 = failure } }

    func isOver() { state.withLock { $0 = nil } }
}
