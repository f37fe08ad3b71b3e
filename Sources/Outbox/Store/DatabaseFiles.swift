import Foundation
import GRDB
import GRDBSQLite
import Synchronization

/// The database's files, and whether they are still the files under their names.
///
/// SQLite goes on writing to a file that was removed or replaced, and every commit succeeds: nobody would find what was
/// acknowledged.
final class DatabaseFiles: Sendable {
    /// What is under a name now.
    enum Reading: Equatable, Sendable {
        case file(device: UInt, inode: UInt)
        case nothing
        /// Unknown: a permission, a disk or a server that does not answer. That is no reason to give up a database.
        case unknown
    }

    private struct Place: Sendable {
        enum Kind: Sendable {
            /// The configured name, which may be a symlink; the database's own; its log's.
            case name, database, log
        }

        let path: String
        let kind: Kind
        /// What is open; nil until it was seen.
        var own: Reading?
    }

    /// A name may be gone for a moment, while somebody renames a file and back: this many checks, this far apart, come
    /// before any conclusion.
    private static let looks = 4
    private static let pause: useconds_t = 40_000

    private let places: Mutex<[Place]>
    private let look: @Sendable (String) -> Reading

    /// - Parameters:
    ///   - path: the name under which the next start will look for the database, besides SQLite's own names for it.
    ///   - look: what is under a name.
    init(
        of database: DatabaseQueue, path: String, look: @escaping @Sendable (String) -> Reading = DatabaseFiles.look
    ) throws {
        let (name, log) = try database.read { db in
            // If the path is a symlink, SQLite uses the file's own name, and keeps the log beside that.
            guard let name = sqlite3_db_filename(db.sqliteConnection, "main"), let log = sqlite3_filename_wal(name)
            else { return (path, path + "-wal") }
            return (String(cString: name), String(cString: log))
        }
        self.look = look
        places = Mutex([
            Place(path: path, kind: .name), Place(path: name, kind: .database), Place(path: log, kind: .log),
        ])
        _ = loss()
        // What was just seen is what SQLite has open.
        let hasMoved = try database.read { db in
            var answer: CInt = 0
            sqlite3_file_control(db.sqliteConnection, "main", SQLITE_FCNTL_HAS_MOVED, &answer)
            return answer != 0
        }
        guard !hasMoved else { throw OutboxError(.fileLost, "\(path) was removed or replaced as it was opened") }
    }

    /// What has become of the files, as a message; nil if nothing is proved. It takes microseconds while all is well,
    /// otherwise a tenth of a second.
    func loss() -> OutboxError? {
        places.withLock { places in
            for index in places.indices {
                guard let message = loss(of: &places[index]) else { continue }
                return OutboxError(places[index].kind == .log ? .logLost : .fileLost, message)
            }
            return nil
        }
    }

    /// The log's path if the file there is this database's, and the database beside it is not.
    func strayLog() -> String? {
        places.withLock { places in
            guard let log = places.first(where: { $0.kind == .log }), let own = log.own, look(log.path) == own,
                let database = places.first(where: { $0.kind == .database }), database.own != nil
            else { return nil }
            let now = look(database.path)
            return now == database.own || now == .unknown ? nil : log.path
        }
    }

    private func loss(of place: inout Place) -> String? {
        var last = Reading.unknown
        for attempt in 1...Self.looks {
            let now = look(place.path)
            guard let own = place.own else {
                if case .file = now { place.own = now }
                return nil
            }
            if now == own || now == .unknown { return nil }
            last = now
            if attempt < Self.looks { usleep(Self.pause) }
        }
        return last == .nothing
            ? "\(place.path) was removed while it was open"
            : "another file has taken the place of \(place.path) while it was open"
    }

    private static func look(_ path: String) -> Reading {
        var about = stat()
        if stat(path, &about) == 0 { return .file(device: UInt(about.st_dev), inode: UInt(about.st_ino)) }
        // The folder is gone, or is a file by now.
        return errno == ENOENT || errno == ENOTDIR ? .nothing : .unknown
    }
}
