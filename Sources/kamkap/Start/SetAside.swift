import Foundation
import Host

/// Gives a damaged database another name, with its log, so that a new one can take its place.
enum SetAside {
    /// SQLite's files of a database. The database itself goes first: a log left alone by a crash in between is refused
    /// at the next start, and set aside then.
    private static let endings = ["", "-wal", "-shm", "-journal"]

    /// Returns the database's new path. Nothing is overwritten, and both names are on the disk when it returns.
    static func move(_ path: String, at now: Date = Date()) async throws -> String {
        let place = freePlace(for: path, "set-aside", at: now)
        do {
            for ending in endings where FileManager.default.fileExists(atPath: path + ending) {
                _ = try await DurableFile.move(path + ending, to: place + ending, collision: .refuse)
            }
        } catch {
            throw CommandExit(.inputOutput, "the damaged database cannot be set aside: \(error.message)")
        }
        return place
    }

    /// `outbox.sqlite.set-aside-20261120T031500Z`, with a number at its end if that is taken.
    static func freePlace(for path: String, _ what: String, at now: Date = Date()) -> String {
        let stamp = now.formatted(
            .verbatim(
                "\(year: .padded(4))\(month: .twoDigits)\(day: .twoDigits)T\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased))\(minute: .twoDigits)\(second: .twoDigits)Z",
                locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt, calendar: Calendar(identifier: .gregorian)))
        let name = "\(path).\(what)-\(stamp)"
        var place = name
        var number = 1
        while (endings + [RescuedDatabase.draft]).contains(where: { FileManager.default.fileExists(atPath: place + $0) }
        ) {
            number += 1
            place = "\(name)-\(number)"
        }
        return place
    }
}
