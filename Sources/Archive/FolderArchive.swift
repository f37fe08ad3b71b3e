import Foundation
import Host
public import Jobs
import RemoteServices
import Sales
import Synchronization

/// Documents as files of a folder: `YYYY/MM/DOCUMENT_ID.pdf`, by the month in Bangkok in which the document was made.
public final class FolderArchive: DocumentArchive {
    /// Larger than any file that was fetched.
    private static let largestFile = 64 << 20

    private struct State {
        var trouble: (error: ArchiveError, since: ContinuousClock.Instant)?
        /// Folders in which nothing is left of an earlier run that was cut short.
        var swept: Set<String> = []
    }

    public let folder: String
    private let reserve: Int
    private let state = Mutex(State())

    /// - Parameter reserve: bytes to leave free on its disk, which may be the database's: sales need them.
    public init(folder: String, reserve: Int) {
        self.folder = folder
        self.reserve = reserve
    }

    public var trouble: ArchiveTrouble? {
        state.withLock { state in
            state.trouble.map { ArchiveTrouble($0.error, lasting: ContinuousClock.now - $0.since) }
        }
    }

    public func holds(_ file: ArchivedFile) async throws(ArchiveError) -> Bool {
        try await noting { () throws(HostError) in
            let place = try file.place(in: folder)
            if let bytes = try await contents(place) {
                if DocumentCheck.fault(of: bytes, as: file.file.form) == nil { return true }
                // Somebody else's, or the disk's fault: it stays, under another name.
                let aside = FilePlace(place.folder, place.name.replacingEnding(by: ".faulty"))
                _ = try await DurableFile.move(place, to: aside, collision: .number)
            }
            try await makeRoom(for: file)
            return false
        }
    }

    public func keep(_ bytes: [UInt8], as file: ArchivedFile) async throws(ArchiveError) {
        try await noting { () throws(HostError) in
            try await makeRoom(for: file)
            _ = try await DurableFile.write(bytes, to: try file.place(in: folder), collision: .refuse)
        }
    }

    public func read(_ file: ArchivedFile) async throws(ArchiveError) -> [UInt8]? {
        do throws(HostError) {
            return try await SlowDisk.use { () throws(HostError) in try await contents(try file.place(in: folder)) }
        } catch {
            throw ArchiveError(error)
        }
    }

    private func contents(_ place: FilePlace) async throws(HostError) -> [UInt8]? {
        do throws(HostError) {
            return try await DurableFile.read(place, maxBytes: Self.largestFile).bytes
        } catch {
            guard error.code == .notFound else { throw error }
            // Of a whole folder that is gone, nobody can say what it holds.
            _ = try await Folder.makeNested([], in: folder)
            return nil
        }
    }

    /// Its month's folder, and the space that others need.
    private func makeRoom(for file: ArchivedFile) async throws(HostError) {
        let month = try await Folder.makeNested(file.folders, in: folder)
        if state.withLock({ $0.swept.insert(month).inserted }) { try await Folder.removeDrafts(in: month) }
        let free = try await FreeSpace.available(at: folder)
        guard free >= reserve else {
            throw HostError(
                .diskFull, "\(free >> 20) MiB are free on the disk of \(folder), and \(reserve >> 20) MiB have to stay."
            )
        }
    }

    /// Remembers whether it could be used. Its disk may be a share that hangs.
    private func noting<Value: Sendable>(
        _ body: () async throws(HostError) -> Value
    ) async throws(ArchiveError) -> Value {
        do throws(HostError) {
            let value = try await SlowDisk.use(body)
            state.withLock { $0.trouble = nil }
            return value
        } catch {
            let trouble = ArchiveError(error)
            // A gateway that stops says nothing of the folder.
            if error.code != .cancelled { state.withLock { $0.trouble = (trouble, $0.trouble?.since ?? .now) } }
            throw trouble
        }
    }
}

extension ArchiveError {
    fileprivate init(_ error: HostError) {
        self.init(error.code == .diskFull ? .full : .unwritable, error.message)
    }
}
