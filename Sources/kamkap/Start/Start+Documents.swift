import Archive
import Foundation
import Host
import Jobs
import Logging
import Runtime
import Settings

extension Start {
    /// Bytes that the archive leaves free on its disk: sales need theirs, and the database may be on the same one.
    static func archiveReserve(_ outbox: OutboxSettings) -> Int { 2 * outbox.minimumFreeSpace }

    /// Nil if nothing is done about documents.
    func documentTasks(logger: Logger) -> DocumentTasks? {
        settings.documents.map { documents in
            DocumentTasks(
                follows: documents.follow, poll: documents.poll,
                archive: documents.archive.map { archive(in: $0, logger: logger) })
        }
    }

    /// A folder that cannot be made now is no reason to sell nothing: an alarm says so.
    private func archive(in folder: String, logger: Logger) -> FolderArchive {
        do throws(HostError) {
            // One that is there keeps its mode: a backup may have its own group.
            if !Folder.exists(folder) { try Folder.make(folder, mode: 0o700, group: nil) }
        } catch {
            logger.error("archive folder not made", metadata: [LogKey.error: "\(error.message)"])
        }
        return FolderArchive(folder: folder, reserve: Self.archiveReserve(settings.outbox))
    }
}
