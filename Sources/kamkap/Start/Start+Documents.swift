import Archive
import Foundation
import Host
import Jobs
import Outbox
import Settings

extension Start {
    /// Bytes that the archive leaves free on its disk: sales need theirs, and the database may be on the same one.
    static func archiveReserve(_ outbox: OutboxSettings) -> Int { 2 * outbox.minimumFreeSpace }

    /// Nil if nothing is done about documents.
    func documentTasks(_ outbox: Outbox) async throws -> DocumentTasks? {
        guard let documents = settings.documents else { return nil }
        var archive: FolderArchive?
        if let folder = documents.archive { archive = try await self.archive(in: folder, outbox) }
        return DocumentTasks(follows: documents.follow, poll: documents.poll, archive: archive)
    }

    /// Its disk is not looked at: it may hang, and a folder that cannot be used is no reason to sell nothing.
    private func archive(in folder: String, _ outbox: Outbox) async throws -> FolderArchive {
        let memory: ArchiveMemory
        do throws(OutboxError) {
            memory = ArchiveMemory(id: try await outbox.archive(in: folder)) { id throws(HostError) in
                do throws(OutboxError) { try await outbox.setArchive(id, in: folder) } catch {
                    throw HostError(.system, "The store cannot remember its archive: \(error.message).")
                }
            }
        } catch {
            throw CommandExit(.inputOutput, error.message)
        }
        return FolderArchive(folder: folder, reserve: Self.archiveReserve(settings.outbox), memory: memory)
    }
}
