import Glibc
import Synchronization

/// What writes that were cut short have left in folders in which nobody else writes.
public final class Drafts: Sendable {
    /// Folders in which nothing is left of an earlier run. Locked while one is swept: what is written there from then on has
    /// to stay.
    private let swept = Mutex<Set<String>>([])

    public init() {}

    /// Removes them, once for each folder. Until this returns nothing may be written there.
    public func sweep(_ folder: String) async throws(HostError) {
        try await BlockingWork.run { () throws(HostError) in
            try self.swept.withLock { swept throws(HostError) in
                guard !swept.contains(folder) else { return }
                let drafts = try Folder.items(of: folder).filter { $0.kind == .file && DurableFile.isDraft($0.name) }
                for draft in drafts { unlink(FilePlace(folder, draft.name).path) }
                if !drafts.isEmpty { try DurableFile.sync(folder: folder) }
                swept.insert(folder)
            }
        }
    }

    /// Throws unless a file of so many bytes can be written in a folder. It is removed at once.
    public static func tryWriting(_ count: Int, in folder: String) async throws(HostError) {
        try await BlockingWork.run { () throws(HostError) in
            let draft = DurableFile.draft(in: folder)
            do throws(HostError) {
                try DurableFile.fill(draft, with: incompressible(count), access: .ownerOnly)
            } catch {
                unlink(draft.path)
                throw error
            }
            guard unlink(draft.path) == 0 else { throw .refused("remove \(draft)") }
            try DurableFile.sync(folder: folder)
        }
    }

    /// Zeros take no room on some disks.
    private static func incompressible(_ count: Int) -> [UInt8] {
        var state = UInt64.random(in: 1 ... .max)
        return (0..<count).map { _ in
            // Marsaglia's xorshift.
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state)
        }
    }
}
