import Sales
import Synchronization

/// The accounts' states as last read: every sale that is shown asks for one, and they hardly ever change.
///
/// It is read and cleared only on the database's queue, so it always equals what is on disk.
final class AccountCache: Sendable {
    private let remembered = Mutex<[ServiceName: AccountState]>([:])

    /// nil if it has to be read.
    func state(of service: ServiceName) -> AccountState? { remembered.withLock { $0[service] } }

    func remember(_ state: AccountState, of service: ServiceName) { remembered.withLock { $0[service] = state } }
    func forget() { remembered.withLock { $0 = [:] } }
}
