public import Foundation
import GRDB
public import Journey
import Synchronization

/// The store's memory of every sale: what was accepted, what is owed to services and to paper, and what was done.
///
/// One connection, one owner. All writes go through ``GroupCommit``; a call returns after its own commit is on disk.
///
/// Every time that goes in is counted time (``TimeMark``): no step of the machine's clock makes anything older or due.
/// Times for people (`received_at`, `requested_at`, `finished_at`, `error_at`) are written as that clock shows them.
public final class Outbox: Sendable {
    public let changes = ChangeFeed()

    let rules: SaleRules
    let slipTerms: SlipTerms
    /// Seconds by which the machine's clock is ahead of counted time.
    let shownAhead: @Sendable () -> TimeInterval
    let accountMemory = AccountCache()
    let newestOfDays = NewestOfDays()
    private let database: DatabaseQueue
    private let commits: GroupCommit
    private let failures: AsyncStream<OutboxError>

    /// Opens the database at `path`, and makes it if there is none.
    ///
    /// - Parameters:
    ///   - rules: what follows for a sale's papers from what happens.
    ///   - slips: what payment slips are compared with.
    ///   - birth: what a new database keeps of its beginning; nil if none can have been before it.
    ///   - shownAhead: seconds by which the machine's clock is ahead of counted time, now.
    public init(
        path: String, rules: SaleRules = SaleRules(), slips: SlipTerms = SlipTerms(), birth: DatabaseBirth? = nil,
        shownAhead: @escaping @Sendable () -> TimeInterval = { 0 }
    ) throws(OutboxError) {
        self.rules = rules
        slipTerms = slips
        self.shownAhead = shownAhead
        database = try DatabaseOpening.open(path: path, birth: birth)
        let files: DatabaseFiles
        do { files = try DatabaseFiles(of: database, path: path) } catch { throw DatabaseFault.outboxError(error) }
        let (failures, continuation) = AsyncStream.makeStream(
            of: OutboxError.self, bufferingPolicy: .bufferingNewest(1))
        self.failures = failures
        commits = GroupCommit(database: database, files: files, changes: changes, accountMemory: accountMemory) {
            error in
            continuation.yield(error)
            continuation.finish()
        }
    }

    /// Waits for the disk to fail; nil if the waiting task is cancelled first. One caller only.
    public func failure() async -> OutboxError? {
        for await failure in failures { return failure }
        return nil
    }

    /// Checks whether the database's files are still where they were; ``failure()`` returns if they are not.
    public func lookAtFiles() async {
        _ = try? await readInAnyCase { [commits] _ in commits.lookAtFiles() }
    }

    /// Checks the database's file once more, whatever has failed before. If it is lost, what the outbox holds is in no
    /// file of that name, and closing writes nothing back.
    public func lostFile() async -> OutboxError? {
        (try? await readInAnyCase { [commits] _ in commits.lostFile() }) ?? nil
    }

    /// The path of the outbox's own log if it stands by itself or beside another database, into which SQLite would
    /// replay it at the next start.
    public func strayLog() async -> String? {
        (try? await readInAnyCase { [commits] _ in commits.strayLog() }) ?? nil
    }

    /// Whether sales can be taken.
    public var isOpen: Bool { commits.failure == nil }

    /// Writes the log back into the database and closes it.
    public func close() throws(OutboxError) {
        do { try database.close() } catch { throw DatabaseFault.outboxError(error) }
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database, ChangeLog) throws -> Value
    ) async throws(OutboxError) -> Value {
        try await commits.write(body)
    }

    /// Like ``read(_:)``, but also if the task is cancelled: for tidying up on the queue.
    func readInAnyCase<Value: Sendable>(_ body: @escaping @Sendable (Database) -> Value) async throws(OutboxError)
        -> Value
    {
        let result = await withCheckedContinuation { continuation in
            database.asyncUnsafeRead { database in continuation.resume(returning: database.map(body)) }
        }
        do { return try result.get() } catch { throw commits.record(error) }
    }

    /// One connection on one serial queue: nothing changes while `body` reads, without a transaction.
    ///
    /// GRDB's `read` would forbid writes by `PRAGMA query_only`, twice for each read; and SQLite compiles every
    /// statement again after each change of that pragma (pragma.c, OP_Expire).
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(OutboxError) -> Value {
        do {
            return try await database.unsafeRead(body)
        } catch {
            // Damage that a read meets is as final as damage that a write meets.
            throw commits.record(error)
        }
    }
}
