import Foundation
import Host
public import Jobs
import RemoteServices
import Sales
import ServiceLifecycle
import Synchronization

/// Documents as files of a folder: `YYYY/MM/DOCUMENT_ID.pdf`, by the month in Bangkok in which the document was made.
public final class FolderArchive: DocumentArchive {
    /// How long its disk may take.
    struct Limits {
        /// For a job, which nobody waits for.
        var job: Duration = .seconds(60)
        /// For a person, who can have the file from the provider instead.
        var person: Duration = .seconds(3)
    }

    /// Larger than any file that was fetched.
    private static let largestFile = 64 << 20
    /// More than most documents have.
    private static let usualFile = 64 << 10

    private struct State {
        var trouble: (error: ArchiveError, since: ContinuousClock.Instant)?
        /// As many bytes have to be written before anything is fetched; nil once a file was kept.
        var proof: Int? = usualFile
    }

    public let folder: String
    private let reserve: Int
    private let disk: SlowDisk
    private let limits: Limits
    private let identity: Result<ArchiveIdentity, HostError>
    private let drafts = Drafts()
    private let state = Mutex(State())

    /// The disk is not touched before there is something to keep: it may hang, and that must not keep a gateway from its
    /// sales.
    ///
    /// - Parameter reserve: bytes to leave free on its disk, which may be the database's: sales need them.
    public convenience init(folder: String, reserve: Int, memory: ArchiveMemory = .none) {
        self.init(folder: folder, reserve: reserve, memory: memory, disk: SlowDisk(), limits: Limits())
    }

    init(folder: String, reserve: Int, memory: ArchiveMemory, disk: SlowDisk, limits: Limits) {
        self.folder = folder
        self.reserve = reserve
        self.disk = disk
        self.limits = limits
        do throws(HostError) {
            identity = .success(try ArchiveIdentity(folder: folder, memory: memory))
        } catch {
            identity = .failure(error)
        }
    }

    public var trouble: ArchiveTrouble? {
        state.withLock { state in
            state.trouble.map { ArchiveTrouble($0.error, lasting: ContinuousClock.now - $0.since) }
        }
    }

    /// That a file is missing proves nothing: only what is found or kept ends the trouble.
    public func holds(_ file: ArchivedFile) async throws(ArchiveError) -> Bool {
        let isThere = try await onDisk { () throws(HostError) in
            try await self.identity.get().prove()
            let place = try file.place(in: self.folder)
            if let bytes = try await self.contents(place) {
                if DocumentCheck.fault(of: bytes, as: file.file.form) == nil { return true }
                // Somebody else's, or the disk's fault: it stays, under another name.
                let aside = FilePlace(place.folder, place.name.replacingEnding(by: ".faulty"))
                _ = try await DurableFile.move(place, to: aside, collision: .number)
            }
            let month = try await self.makeRoom(for: file)
            // Otherwise a file would be fetched again and again for a folder that takes none.
            if let count = self.state.withLock(\.proof) { try await Drafts.tryWriting(count, in: month) }
            return false
        }
        if isThere { state.withLock { $0.trouble = nil } }
        return isThere
    }

    public func keep(_ bytes: [UInt8], as file: ArchivedFile) async throws(ArchiveError) {
        do throws(ArchiveError) {
            try await onDisk { () throws(HostError) in
                try await self.identity.get().prove()
                _ = try await self.makeRoom(for: file)
                _ = try await DurableFile.write(bytes, to: try file.place(in: self.folder), collision: .refuse)
            }
            state.withLock { ($0.trouble, $0.proof) = (nil, nil) }
        } catch {
            state.withLock { $0.proof = max($0.proof ?? 0, bytes.count) }
            throw error
        }
    }

    public func read(_ file: ArchivedFile) async throws(ArchiveError) -> [UInt8]? {
        do throws(HostError) {
            guard !disk.hangs(for: limits.person) else { throw HostError(.system, "The disk does not answer.") }
            return try await disk.use(within: limits.person) { () throws(HostError) in
                try await contents(try file.place(in: folder))
            }
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
    private func makeRoom(for file: ArchivedFile) async throws(HostError) -> String {
        let month = try await Folder.makeNested(file.folders, in: folder)
        try await drafts.sweep(month)
        let free = try await FreeSpace.available(at: folder)
        guard free >= reserve else {
            throw HostError(
                .diskFull, "\(free >> 20) MiB are free on the disk of \(folder), and \(reserve >> 20) MiB have to stay."
            )
        }
        return month
    }

    /// Remembers what goes wrong. Its disk may be a share that hangs, and a stop does not wait for it.
    private func onDisk<Value: Sendable>(
        _ body: @escaping @Sendable () async throws(HostError) -> Value
    ) async throws(ArchiveError) -> Value {
        let result: Result<Value, HostError> = await cancelWhenGracefulShutdown {
            do throws(HostError) {
                return .success(try await self.disk.use(within: self.limits.job, body))
            } catch {
                return .failure(error)
            }
        }
        do throws(HostError) {
            return try result.get()
        } catch {
            let trouble = ArchiveError(error)
            // A gateway that stops says nothing of the folder.
            if error.code != .cancelled {
                state.withLock { state in
                    state.trouble = (trouble, state.trouble?.since ?? .now)
                    state.proof = state.proof ?? Self.usualFile
                }
            }
            throw trouble
        }
    }
}

extension ArchiveError {
    fileprivate init(_ error: HostError) {
        self.init(error.code == .diskFull ? .full : .unwritable, error.message)
    }
}
