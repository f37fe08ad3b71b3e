import Foundation
import Host
import Jobs
import Sales
import Synchronization
import Testing

@testable import Archive

/// Whether the folder is the one that it was, over several starts of a gateway.
@Suite struct ArchiveIdentityTests {
    private static let pdf = Array("%PDF-1.7\nan invoice\n%%EOF\n".utf8)

    /// What the store keeps.
    private final class Store: Sendable {
        let id = Mutex<String?>(nil)
    }

    private let store = Store()
    private let root: URL
    private let pdf: ArchivedFile
    private var folder: String { root.appending(path: "mnt/documents").path }
    private var mark: String { folder + "/.kamkap-archive" }

    init() throws {
        root = FileManager.default.temporaryDirectory.appending(path: "kamkap-archive-\(UUID().uuidString)")
        pdf = ArchivedFile(try #require(DocumentFile("A-D1.pdf")), readiedAt: nil)
    }

    private func withRoot(_ body: () async throws -> Void) async throws {
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: root) }
        try await body()
    }

    /// As the next start has it.
    private func archive() -> FolderArchive {
        let store = store
        return FolderArchive(
            folder: folder, reserve: 0,
            memory: ArchiveMemory(id: store.id.withLock(\.self)) { id in store.id.withLock { $0 = id } })
    }

    private func text() throws -> String { try String(contentsOfFile: mark, encoding: .utf8) }

    @Test("the folder of a new store is made with its first file, and not before")
    func first() async throws {
        try await withRoot {
            let archive = archive()
            await #expect(throws: ArchiveError.self) { try await archive.read(pdf) }
            #expect(!FileManager.default.fileExists(atPath: folder))
            #expect(try await !archive.holds(pdf))
            try await archive.keep(Self.pdf, as: pdf)
            #expect(try store.id.withLock(\.self) == text().trimmingCharacters(in: .newlines))
            #expect(try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions] as? Int == 0o700)
            #expect(try await self.archive().holds(pdf))
        }
    }

    /// - Parameter isEmptied: whether the place of the mount is there, as it usually is.
    @Test("without its disk nothing is made or written, at a start as during a run", arguments: [true, false])
    func unmounted(isEmptied: Bool) async throws {
        try await withRoot {
            let running = archive()
            try await running.keep(Self.pdf, as: pdf)
            let away = root.appending(path: "away").path
            try FileManager.default.moveItem(atPath: folder, toPath: away)
            if isEmptied { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false) }
            for archive in [running, archive()] {
                let asked = await #expect(throws: ArchiveError.self) { try await archive.holds(pdf) }
                let put = await #expect(throws: ArchiveError.self) { try await archive.keep(Self.pdf, as: pdf) }
                #expect(asked == put && asked?.code == .unwritable)
                #expect(asked?.message.contains("touch \(mark)") == true)
                #expect(archive.trouble?.error == asked)
            }
            let found = try? FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(found == (isEmptied ? [] : nil))
            if isEmptied { try FileManager.default.removeItem(atPath: folder) }
            try FileManager.default.moveItem(atPath: away, toPath: folder)
            #expect(try await running.holds(pdf))
            #expect(running.trouble == nil)
            #expect(try await archive().holds(pdf))
        }
    }

    @Test("a folder whose mark somebody has made by hand is the archive from then on")
    func touched() async throws {
        try await withRoot {
            try await archive().keep(Self.pdf, as: pdf)
            let id = try text()
            try FileManager.default.removeItem(atPath: folder)
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            let archive = archive()
            await #expect(throws: ArchiveError.self) { try await archive.holds(pdf) }
            try Data().write(to: URL(filePath: mark))
            #expect(try await !archive.holds(pdf))
            try await archive.keep(Self.pdf, as: pdf)
            #expect(try text() == id)
            #expect(try await self.archive().holds(pdf))
        }
    }

    @Test("another store's archive is not taken for this one's")
    func another() async throws {
        try await withRoot {
            try await archive().keep(Self.pdf, as: pdf)
            try Data(UUID().uuidString.utf8).write(to: URL(filePath: mark))
            let archive = archive()
            let error = await #expect(throws: ArchiveError.self) { try await archive.holds(pdf) }
            #expect(error?.message.contains("truncate -s 0 \(mark)") == true)
            try Data().write(to: URL(filePath: mark))
            #expect(try await archive.holds(pdf))
        }
    }

    @Test("a store that has forgotten its archive finds it again by its mark, if that is one")
    func forgotten() async throws {
        try await withRoot {
            try await archive().keep(Self.pdf, as: pdf)
            let id = try text()
            store.id.withLock { $0 = nil }
            #expect(try await archive().holds(pdf))
            #expect(try text() == id && store.id.withLock(\.self) == id.trimmingCharacters(in: .newlines))
            store.id.withLock { $0 = nil }
            try Data("my archive".utf8).write(to: URL(filePath: mark))
            await #expect(throws: ArchiveError.self) { try await archive().holds(pdf) }
            #expect(store.id.withLock(\.self) == nil)
        }
    }

    @Test("a store that cannot remember keeps nothing: after a restart it would not know its disk")
    func notRemembered() async throws {
        try await withRoot {
            let archive = FolderArchive(
                folder: folder, reserve: 0,
                memory: ArchiveMemory(id: nil) { _ throws(HostError) in throw HostError(.system, "no store") })
            let error = await #expect(throws: ArchiveError.self) { try await archive.keep(Self.pdf, as: pdf) }
            #expect(error?.message == "no store")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(names == [".kamkap-archive"])
        }
    }
}
