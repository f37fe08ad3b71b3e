import Foundation
public import Outbox
import Sales
import Synchronization

/// Copies the database while sales go on, one copy at a time.
public final class BackupOperations: Sendable {
    private let outbox: Outbox
    private let isBusy = Mutex(false)

    public init(outbox: Outbox) {
        self.outbox = outbox
    }

    /// - Parameters:
    ///   - path: the copy's place; it is written beside it first, as `PATH.part`.
    ///   - keep: gives the finished copy its name.
    public func backUp(
        to path: String, keep: (_ draft: String) async throws -> Void
    ) async throws -> (pages: Int, size: Int) {
        let isAlone = isBusy.withLock { isBusy in
            defer { isBusy = true }
            return !isBusy
        }
        guard isAlone else { throw OperationError.wrongState("another backup is being made; wait until it is done") }
        defer { isBusy.withLock { $0 = false } }
        let draft = path + ".part"
        for file in [path, draft] where FileManager.default.fileExists(atPath: file) {
            let remedy = file == draft ? "it is left from a backup that broke off: remove it" : "name another file"
            throw OperationError.wrongState("\(file) is there already, and nothing is overwritten; \(remedy)")
        }
        do {
            let copy = try await outbox.copy(to: draft)
            try await keep(draft)
            return copy
        } catch {
            // It was not there before, and nobody else makes one.
            try? FileManager.default.removeItem(atPath: draft)
            throw (error as? OutboxError).map(Self.refusal) ?? error
        }
    }

    private static func refusal(_ error: OutboxError) -> any Error {
        switch error.code {
        case .full: OperationError.diskFull(error.message)
        case .cannotOpen: OperationError.invalidRequest([SaleFault(pointer: "/path", detail: error.message)])
        default: OperationError.unavailable(error.message, retryAfter: .seconds(5))
        }
    }
}
