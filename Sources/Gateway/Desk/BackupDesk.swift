public import Outbox
import Sales
import Synchronization

/// Copies the database while sales go on, one copy at a time.
public final class BackupDesk: Sendable {
    private let outbox: Outbox
    private let isBusy = Mutex(false)

    public init(outbox: Outbox) {
        self.outbox = outbox
    }

    /// - Parameters:
    ///   - draft: where the copy is written; removing it after a failure is up to the caller.
    ///   - keep: gives the finished copy its name.
    public func backUp(
        to draft: String, keep: () async throws -> Void
    ) async throws -> (pages: Int, size: Int) {
        let isAlone = isBusy.withLock { isBusy in
            defer { isBusy = true }
            return !isBusy
        }
        guard isAlone else { throw DeskRefusal.wrongState("another backup is being made; wait until it is done") }
        defer { isBusy.withLock { $0 = false } }
        do {
            let copy = try await outbox.copy(to: draft)
            try await keep()
            return copy
        } catch let error as OutboxError {
            switch error.code {
            case .full: throw DeskRefusal.diskFull(error.message)
            case .cannotOpen: throw DeskRefusal.invalid([.init(pointer: "/path", detail: error.message)])
            default: throw DeskRefusal.unavailable(error.message, retryAfter: .seconds(5))
            }
        }
    }
}
