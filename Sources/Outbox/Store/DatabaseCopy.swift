import Dispatch
import Foundation
import GRDB
import GRDBSQLite

/// A copy of the database that is made a few pages at a time, so commits go on in between.
///
/// The copy also gets what is committed meanwhile: SQLite does that if the same connection writes
/// (sqlite.org/c3ref/backup_finish.html).
///
/// It is unchecked because its C handles are pointers, which are not Sendable. Nobody else has them, and they and
/// ``pages`` change only on the outbox's serial queue. Outside it the descriptor is synced, and figures are read after
/// the last step.
final class DatabaseCopy: @unchecked Sendable {
    enum Step: Equatable {
        case more
        case done
        /// SQLite's result code.
        case failed(CInt)
    }

    private let path: String
    private let descriptor: CInt
    private var target: OpaquePointer?
    private var backup: OpaquePointer?

    /// Pages of the database, as of the last step.
    private(set) var pages = 0

    /// Begins a copy. The file must not be there.
    init(of source: Database, to path: String) throws(OutboxError) {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw OutboxError(errno == ENOSPC ? .full : .cannotOpen, "\(path) cannot be made: \(Self.reason(errno))")
        }
        // The file counts once it is whole, synced and named: SQLite's protection of a half-written one is not needed.
        guard sqlite3_open_v2(path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW, nil) == SQLITE_OK,
            sqlite3_exec(target, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF", nil, nil, nil) == SQLITE_OK,
            let connection = source.sqliteConnection
        else {
            sqlite3_close_v2(target)
            target = nil
            throw OutboxError(.cannotOpen, "\(path) cannot be made into a database")
        }
        backup = sqlite3_backup_init(target, "main", connection, "main")
    }

    deinit {
        // On any thread; it must not touch anything of SQLite's.
        assert(backup == nil && target == nil, "a copy was not finished on the outbox's queue")
        close(descriptor)
    }

    /// Copies a few pages more.
    func step(pages count: CInt) -> Step {
        guard let backup else { return .failed(sqlite3_errcode(target)) }
        let code = sqlite3_backup_step(backup, count)
        pages = Int(sqlite3_backup_pagecount(backup))
        switch code {
        case SQLITE_OK: return .more
        case SQLITE_DONE: return .done
        default: return .failed(code)
        }
    }

    /// Ends the copy, complete or not.
    func finish() -> Bool {
        let ends = [sqlite3_backup_finish(backup), sqlite3_close_v2(target)]
        (backup, target) = (nil, nil)
        return ends.allSatisfy { $0 == SQLITE_OK }
    }

    /// Syncs the copy so far, outside the outbox's queue. A large copy that is synced only at its end would hold up
    /// every commit meanwhile.
    func sync() async -> Bool {
        await withCheckedContinuation { continuation in
            DispatchQueue.global(qos: .utility).async { [self] in continuation.resume(returning: fsync(descriptor) == 0)
            }
        }
    }

    /// Bytes of the file.
    var size: Int {
        var about = stat()
        return fstat(descriptor, &about) == 0 ? Int(about.st_size) : 0
    }

    private static func reason(_ number: CInt) -> String { String(cString: strerror(number)) }
}

extension Outbox {
    /// Pages a step, some tenths of a millisecond each; and steps between two syncs.
    private static let copyStep: CInt = 64
    private static let stepsPerSync = 16

    /// Writes a consistent copy of the database to a new file, while commits go on. The file is on the disk when this
    /// returns, its name is not.
    ///
    /// If it throws, the caller removes what there is of the file.
    public func copy(to path: String) async throws(OutboxError) -> (pages: Int, size: Int) {
        // Not thrown on the queue: a fault of the copy's disk is no failure of the outbox.
        let begun: Result<DatabaseCopy, OutboxError> = try await readInAnyCase { db in
            do throws(OutboxError) { return .success(try DatabaseCopy(of: db, to: path)) } catch {
                return .failure(error)
            }
        }
        let copy = try begun.get()
        let failure = await fill(copy)
        let isWhole = try await readInAnyCase { _ in copy.finish() }
        if let failure { throw Self.failure(failure, path) }
        guard isWhole, await copy.sync() else { throw Self.failure(SQLITE_IOERR, path) }
        return (copy.pages, copy.size)
    }

    /// Copies page after page, until all are copied or the task is cancelled. SQLite's result code if it failed.
    private func fill(_ copy: DatabaseCopy) async -> CInt? {
        var steps = 0
        while !Task.isCancelled {
            guard let step = try? await readInAnyCase({ _ in copy.step(pages: Self.copyStep) }) else {
                return SQLITE_ABORT
            }
            switch step {
            case .failed(let code): return code
            case .done: return nil
            case .more: break
            }
            steps += 1
            if steps % Self.stepsPerSync == 0, await !copy.sync() { return SQLITE_IOERR }
        }
        return SQLITE_INTERRUPT
    }

    private static func failure(_ code: CInt, _ path: String) -> OutboxError {
        let reason = sqlite3_errstr(code).map { String(cString: $0) } ?? "error \(code)"
        let kind: OutboxError.Code = code & 0xFF == SQLITE_FULL ? .full : .busy
        return OutboxError(kind, "the copy \(path) was given up: \(reason)")
    }
}
