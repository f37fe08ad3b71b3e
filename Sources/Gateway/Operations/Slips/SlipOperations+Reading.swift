import Journey
public import Outbox
import Runtime
public import Sales
import Slips

// What is asked of slips that are here.
extension SlipOperations {
    public func slip(_ id: SlipID) async throws(OperationError) -> SlipView {
        do throws(OutboxError) { return try await shown(try await outbox.slip(id)) } catch {
            throw OperationError(error)
        }
    }

    /// A slip once nothing is owed about it, or while the account is refused; its state after `limit` otherwise.
    public func checked(_ id: SlipID, within limit: Duration) async throws(OperationError) -> SlipView {
        try await outbox.changes.wait(for: .slip(id), within: limit, by: clock) { () throws(OperationError) in
            try await slip(id)
        } until: {
            !$0.record.state.isOwed || $0.isHeld
        }
    }

    /// Those of a sale, in the order of their arrival.
    public func slips(of sale: TransactionID) async throws(OperationError) -> [SlipView] {
        do throws(OutboxError) { return try await shown(try await outbox.slips(of: sale)) } catch {
            throw OperationError(error)
        }
    }

    /// Slips, newest first, and where the next page begins.
    ///
    /// - Parameters:
    ///   - state: as it is shown, which depends on the account.
    ///   - after: the last one of the page before, by ``SlipRecord/seq``.
    public func list(
        state: SlipShown?, limit: Int, after: Int64?
    ) async throws(OperationError) -> (views: [SlipView], next: Int64?) {
        do throws(OutboxError) {
            guard let states = try await states(shownAs: state) else { return ([], nil) }
            let found = try await outbox.slips(in: state == nil ? nil : states, before: after, limit: limit + 1)
            let views = try await shown(Array(found.prefix(limit)))
            return (views, found.count > limit ? views.last?.record.seq : nil)
        } catch {
            throw OperationError(error)
        }
    }

    /// Nil if none is shown so now: either all that are owed are held, or none is.
    private func states(shownAs state: SlipShown?) async throws(OutboxError) -> [SlipState]? {
        guard let state else { return [] }
        let isHeld = try await outbox.account(of: service).condition == .held
        let states = SlipState.allCases.filter { SlipShown($0, isHeld: isHeld) == state }
        return states.isEmpty ? nil : states
    }

    /// Has one read once more that could not be read, or says that the account is well again.
    public func retry(_ id: SlipID) async throws(OperationError) -> SlipView {
        do throws(OutboxError) {
            return try await shown(try await outbox.retrySlip(id, at: clock.now))
        } catch {
            throw OperationError(error)
        }
    }

    /// Removes the image; what was read of it stays. One that is not read yet cannot be read any more.
    public func removeImage(_ id: SlipID) async throws(OperationError) -> SlipView {
        let record = try await slip(id).record
        do throws(SlipFolderError) { try await folder.remove(record.image) } catch {
            throw .unavailable(error.message, retryAfter: .seconds(30), isUndone: true)
        }
        do throws(OutboxError) {
            return try await shown(try await outbox.imageRemoved(id))
        } catch {
            throw OperationError(error)
        }
    }

    func view(_ record: SlipRecord) async throws(OperationError) -> SlipView {
        do throws(OutboxError) { return try await shown(record) } catch { throw OperationError(error) }
    }

    func shown(_ record: SlipRecord) async throws(OutboxError) -> SlipView {
        SlipView(record, account: try await outbox.account(of: record.service), shownAhead: clock.shownAhead)
    }

    /// Each account is asked for once, however many slips there are.
    private func shown(_ records: [SlipRecord]) async throws(OutboxError) -> [SlipView] {
        var accounts: [ServiceName: AccountState] = [:]
        for name in Set(records.map(\.service)) { accounts[name] = try await outbox.account(of: name) }
        return records.map { record in
            SlipView(record, account: accounts[record.service] ?? .up, shownAhead: clock.shownAhead)
        }
    }
}
