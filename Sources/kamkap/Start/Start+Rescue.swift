import Foundation
import Gateway
import Host
import Logging
import Outbox
import Runtime
import Settings

extension Start {
    /// How often systemd hears that the copy goes on, and how long each message holds.
    private static let copyTick: Duration = .seconds(10)
    private static let copyExtension: Duration = .seconds(60)

    /// If the database is missing and a rescued one stands beside it, that one takes its place: it has every accepted
    /// sale. Beside an existing database, rescued ones are only named.
    func takeRescued(logger: Logger) async throws {
        let path = settings.outbox.database
        var rescued = RescuedDatabase(beside: path)
        if let newest = rescued.whole.last, Self.isFree(path) {
            do {
                // A log that is left there does not belong to the new file.
                let aside = SetAside.freePlace(for: path, "set-aside")
                for ending in ["-wal", "-journal"] where RescuedDatabase.size(of: path + ending) > 0 {
                    _ = try await DurableFile.move(path + ending, to: aside + ending, collision: .refuse)
                }
                try await DurableFile.putInPlace(newest, at: path)
            } catch {
                throw CommandExit(
                    .inputOutput,
                    "the database \(path) is missing, and \(newest), which has what was accepted, cannot take its place: \(error.message)"
                )
            }
            logger.critical(
                "database was missing, the rescued one took its place; nothing accepted is lost",
                metadata: [LogKey.path: "\(newest)"])
            rescued = RescuedDatabase(beside: path)
        }
        for place in rescued.whole {
            logger.warning(
                "rescued database not in use: see \"When it is gone\" in operate.md",
                metadata: [LogKey.path: "\(place)"])
        }
        for place in rescued.parts {
            logger.warning(
                "incomplete database rescue found: read it with kamkap recover, then move it away",
                metadata: [LogKey.path: "\(place)"])
        }
    }

    /// Whether nothing has a database's name, or an empty file.
    private static func isFree(_ path: String) -> Bool {
        do {
            let about = try FileManager.default.attributesOfItem(atPath: path)
            return about[.type] as? FileAttributeType == .typeRegular && (about[.size] as? NSNumber)?.intValue == 0
        } catch CocoaError.fileReadNoSuchFile {
            return true
        } catch {
            // It cannot be found out: opening says why.
            return false
        }
    }

    /// Writes what a database held whose file is gone to a new one beside it: its pages would go with the process. The
    /// file is checked once more, because it may have gone as the gateway stopped.
    ///
    /// Returns the exit with its message; any other error unchanged.
    func keepingLost(_ outbox: Outbox, after failure: CommandExit?, logger: Logger) async -> CommandExit? {
        guard let loss = await outbox.lostFile() else { return failure }
        let path = settings.outbox.database
        // Its folder may have been moved away with it.
        try? Folders.make(for: path)
        let place = SetAside.freePlace(for: path, "rescued")
        let cause = failure.map { $0.message == loss.message ? "" : "\($0.message). " } ?? ""
        do throws(OutboxError) { try await copy(outbox, to: place + RescuedDatabase.draft) } catch {
            try? await DurableFile.remove(FilePlace(path: place + RescuedDatabase.draft))
            let log = await keepLog(of: outbox, for: place)
            return CommandExit(
                .inputOutput,
                "\(cause)\(loss.message). What it held could not be written to \(place): \(error.message). If it was moved, put it back with its log \(log), and start again"
            )
        }
        do {
            try await DurableFile.putInPlace(place + RescuedDatabase.draft, at: place)
            // The rescued one has all of it; the file in the database's place is opened as it is.
            if let log = await outbox.strayLog() { try await DurableFile.remove(FilePlace(path: log)) }
        } catch {
            return CommandExit(
                .inputOutput,
                "\(cause)\(loss.message). Everything that was accepted is in \(place), or in \(place)\(RescuedDatabase.draft), but: \(error.message). Put it in the place of \(path), where no -wal may be left, and start again"
            )
        }
        return CommandExit(
            .inputOutput,
            "\(cause)\(loss.message). Everything that was accepted is kept in \(place). The next start goes on with it, unless another file stands at \(path): then move that away, and start again"
        )
    }

    /// Beside another database, the log gets the name of the one that could not be written. Without one it stays: the
    /// next start refuses it rather than begin with nothing. Returns the log's path.
    private func keepLog(of outbox: Outbox, for place: String) async -> String {
        let path = settings.outbox.database
        guard let log = await outbox.strayLog(), !Self.isFree(path) else { return path + "-wal" }
        return (try? await DurableFile.move(log, to: place + "-wal", collision: .refuse)) ?? log
    }

    /// systemd's limit for a stop, and its watchdog, are extended for as long as the copy grows.
    private func copy(_ outbox: Outbox, to path: String) async throws(OutboxError) {
        let notifier = ServiceNotifier()
        notifier.stopping()
        notifier.status("Stopping: the database's file is gone, and what it held is written to a new one.")
        notifier.extendTimeout(by: Self.copyExtension)
        let result: Result<Void, OutboxError> = await withTaskGroup(of: Void.self) { group in
            group.addTask { await Self.extendLimits(whileGrows: path, notifier) }
            defer { group.cancelAll() }
            do throws(OutboxError) {
                _ = try await outbox.copy(to: path)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    private static func extendLimits(whileGrows path: String, _ notifier: ServiceNotifier) async {
        var size = 0
        while (try? await Task.sleep(for: copyTick)) != nil {
            let now = RescuedDatabase.size(of: path)
            guard now > size else { continue }
            size = now
            notifier.extendTimeout(by: copyExtension)
            notifier.watchdog()
        }
    }
}
