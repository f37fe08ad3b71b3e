import FaultPoints
import GRDB
import Synchronization

/// Writes that arrive while a commit is syncing share the next one.
///
/// Batches run on the database's own queue: a cancelled caller does not roll its neighbours back. A write that fails
/// leaves the others standing: the batch is rolled back and performed once more, now with a savepoint for each.
/// (Savepoints are not used at first, because SQLite copies every page that changes for each savepoint.) A fault of the
/// disk fails the whole batch, and every write after it.
final class GroupCommit: Sendable {
    /// Writes that may wait; further ones are refused as ``OutboxError/Code/busy``.
    static let maximumWaiting = 4_096
    private static let maximumBatch = 512
    /// Writes after which the log is written back into the database: some 4 MB of it.
    private static let writesPerCheckpoint = 500

    private struct Write: Sendable {
        /// Throws what fails the whole batch; returns what to do once the batch is on disk.
        let perform: @Sendable (Database, ChangeLog) throws -> @Sendable () -> Void
        /// The same in a savepoint; throws only what concerns the whole batch.
        let performAlone: @Sendable (Database, ChangeLog) throws -> @Sendable () -> Void
        let refuse: @Sendable (OutboxError) -> Void
    }

    private struct State {
        var waiting: [Write] = []
        var isDraining = false
        var failure: OutboxError?
        var writesSinceCheckpoint = 0
    }

    private let database: DatabaseQueue
    private let files: DatabaseFiles
    private let changes: ChangeFeed
    private let accountMemory: AccountCache
    private let state = Mutex(State())
    private let failed: @Sendable (OutboxError) -> Void

    /// - Parameter failed: called once, when the disk has failed.
    init(
        database: DatabaseQueue, files: DatabaseFiles, changes: ChangeFeed, accountMemory: AccountCache,
        failed: @escaping @Sendable (OutboxError) -> Void
    ) {
        self.database = database
        self.files = files
        self.changes = changes
        self.accountMemory = accountMemory
        self.failed = failed
    }

    /// Performs `body` and returns its value after it is safely on disk.
    ///
    /// - Parameter body: performed again if a neighbour's failure rolled it back.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database, ChangeLog) throws -> Value
    ) async throws(OutboxError) -> Value {
        let result: Result<Value, OutboxError> = await withCheckedContinuation { continuation in
            let write = Write(
                perform: { db, log in
                    let value = try body(db, log)
                    return { continuation.resume(returning: .success(value)) }
                },
                performAlone: { db, log in
                    let changesBefore = log.changes.count
                    let outcome = try Self.inSavepoint(db) { try body(db, log) }
                    if case .failure = outcome { log.keepFirst(changesBefore) }
                    return { continuation.resume(returning: outcome) }
                },
                refuse: { continuation.resume(returning: .failure($0)) })
            if let refusal = enqueue(write) { write.refuse(refusal) }
        }
        return try result.get()
    }

    /// A fault of the disk is thrown, because it concerns the whole batch; any other belongs to this write alone.
    private static func inSavepoint<Value>(
        _ db: Database, _ body: () throws -> Value
    ) throws -> Result<Value, OutboxError> {
        var outcome = Result<Value, OutboxError>.failure(OutboxError(.query, "the write was rolled back"))
        do {
            try db.inSavepoint {
                outcome = .success(try body())
                return .commit
            }
        } catch  where !DatabaseFault.isStorage(error) {
            outcome = .failure(DatabaseFault.outboxError(error))
        }
        return outcome
    }

    /// Why nothing more is written, once the disk has failed.
    var failure: OutboxError? { state.withLock(\.failure) }

    private func enqueue(_ write: Write) -> OutboxError? {
        let (refusal, startsDraining): (OutboxError?, Bool) = state.withLock { state in
            if let failure = state.failure { return (failure, false) }
            guard state.waiting.count < Self.maximumWaiting else {
                return (OutboxError(.busy, "\(Self.maximumWaiting) writes are waiting for the disk already"), false)
            }
            state.waiting.append(write)
            defer { state.isDraining = true }
            return (nil, !state.isDraining)
        }
        if startsDraining { database.asyncWriteWithoutTransaction { self.drain($0) } }
        return refusal
    }

    /// One batch a turn on the database's queue, so reads come in between however many writes follow.
    private func drain(_ db: Database) {
        let batch: [Write] = state.withLock { state in
            let batch = state.waiting.prefix(Self.maximumBatch)
            state.waiting.removeFirst(batch.count)
            return Array(batch)
        }
        if !batch.isEmpty { commit(batch, to: db) }
        let isDone = state.withLock { state in
            state.isDraining = !state.waiting.isEmpty
            return !state.isDraining
        }
        if !isDone { database.asyncWriteWithoutTransaction { self.drain($0) } }
    }

    private func commit(_ batch: [Write], to db: Database) {
        let done: (log: ChangeLog, resume: [@Sendable () -> Void])
        do {
            if let failure { throw failure }
            do {
                done = try perform(batch, in: db, eachAlone: false)
            } catch  where batch.count > 1 && !DatabaseFault.isStorage(error) {
                done = try perform(batch, in: db, eachAlone: true)
            }
            // After the commit: nothing is acknowledged that is in no file of that name.
            if let loss = files.loss() { throw loss }
        } catch {
            let failure = record(error)
            for write in batch { write.refuse(failure) }
            return
        }
        FaultPoint.commitSynced.pass()
        changes.report(done.log)
        for resume in done.resume { resume() }
        changes.publish(done.log)
        checkpointIfDue(db, after: batch.count)
    }

    private func perform(
        _ batch: [Write], in db: Database, eachAlone: Bool
    ) throws -> (log: ChangeLog, resume: [@Sendable () -> Void]) {
        let log = ChangeLog()
        var resume: [@Sendable () -> Void] = []
        try db.inTransaction(.immediate) {
            for write in batch { resume.append(try (eachAlone ? write.performAlone : write.perform)(db, log)) }
            FaultPoint.commitWritten.pass()
            return .commit
        }
        // A change of an account concerns all. So does a correction of ages; that costs only another read.
        if log.concernsAll { accountMemory.forget() }
        return (log, resume)
    }

    /// A checkpoint that cannot sync is as final as a commit that cannot.
    private func checkpointIfDue(_ db: Database, after writes: Int) {
        let isDue = state.withLock { state in
            state.writesSinceCheckpoint += writes
            guard state.writesSinceCheckpoint >= Self.writesPerCheckpoint else { return false }
            state.writesSinceCheckpoint = 0
            return true
        }
        guard isDue else { return }
        FaultPoint.checkpointDue.pass()
        do { try db.checkpoint(.passive) } catch { _ = record(error) }
        FaultPoint.checkpointDone.pass()
    }

    /// Checks whether the files are where they were, when nothing is written; on the database's queue.
    func lookAtFiles() {
        if failure == nil, let loss = files.loss() { _ = record(loss) }
    }

    /// The database's file is checked even if something else was found first, such as a missing log; on the database's
    /// queue.
    func lostFile() -> OutboxError? {
        if let failure, failure.code == .fileLost { return failure }
        guard let loss = files.loss() else { return nil }
        _ = record(loss)
        return loss.code == .fileLost ? loss : nil
    }

    func strayLog() -> String? { files.strayLog() }

    /// A failed sync is not tried again: what is in the page cache may be lost already, and only a new start reads the
    /// file. A full disk is different: the batch is rolled back whole, and the next one may fit.
    func record(_ error: any Error) -> OutboxError {
        let failure = DatabaseFault.outboxError(error)
        guard [.storage, .damaged, .fileLost, .logLost].contains(failure.code) else { return failure }
        let isFirst = state.withLock { state in
            defer { if state.failure == nil { state.failure = failure } }
            return state.failure == nil
        }
        if isFirst { failed(failure) }
        return failure
    }
}
