import Synchronization

/// The account's state as it was last read: every sale that is shown asks for it, and it hardly ever changes.
///
/// Read and forgotten on the database's queue only, so that what is remembered is what is on disk.
final class AccountCache: Sendable {
    private let remembered = Mutex<AccountState?>(nil)

    /// nil where it has to be read.
    var state: AccountState? { remembered.withLock(\.self) }

    func remember(_ state: AccountState) { remembered.withLock { $0 = state } }
    func forget() { remembered.withLock { $0 = nil } }
}
