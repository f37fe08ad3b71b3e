import Sales
import Synchronization

/// The accounts' states as last read: every sale that is shown asks for one, and they hardly ever change.
///
/// It is filled and cleared only on the database's queue, and cleared after each commit that may have changed one. It
/// is read from anywhere: while such a commit ends, a reader may still get the state before it, but never an older one.
final class AccountCache: Sendable {
    private let remembered = Mutex<[ServiceName: AccountState]>([:])

    /// nil if it has to be read from the database.
    func state(of service: ServiceName) -> AccountState? { remembered.withLock { $0[service] } }

    func remember(_ state: AccountState, of service: ServiceName) { remembered.withLock { $0[service] = state } }
    func forget() { remembered.withLock { $0 = [:] } }
}
