import Foundation
import GRDB
import Synchronization
import TestOutbox
import Testing

@testable import Outbox

/// The database's files removed or replaced under an outbox that is open.
@Suite(.timeLimit(.minutes(1))) struct DatabaseFilesTests {
    private enum Deed: String, CaseIterable {
        case removed, replaced
        case folderMoved = "moved away with its folder"

        func perform(on path: String) throws {
            let files = FileManager.default
            switch self {
            case .removed: try files.removeItem(atPath: path)
            case .replaced:
                try files.copyItem(atPath: path, toPath: path + ".new")
                guard rename(path + ".new", path) == 0 else { throw FixtureError() }
            case .folderMoved:
                let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
                try files.moveItem(atPath: folder, toPath: folder + "-moved")
            }
        }
    }

    private func open(_ body: (Outbox, String) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("data/outbox.sqlite").path
            let outbox = try Outbox(path: path)
            _ = try await outbox.accepted(Fixture.sale("KEPT"))
            try await body(outbox, path)
            try outbox.close()
        }
    }

    @Test("nothing is acknowledged once the database has no file of its name", arguments: Deed.allCases)
    private func lost(deed: Deed) async throws {
        try await open { outbox, path in
            try deed.perform(on: path)
            let error = await #expect(throws: OutboxError.self) { try await outbox.accept(Fixture.sale("LOST")) }
            #expect(error?.code == .fileLost)
            #expect(error?.message.contains(path) == true)
            #expect(await outbox.failure()?.code == .fileLost)
            #expect(!outbox.isOpen)
            #expect(await outbox.lostFile()?.code == .fileLost)
        }
    }

    @Test("it is noticed while nothing is written as well", arguments: Deed.allCases)
    private func lookedAt(deed: Deed) async throws {
        try await open { outbox, path in
            await outbox.lookAtFiles()
            #expect(outbox.isOpen)
            try deed.perform(on: path)
            await outbox.lookAtFiles()
            #expect(await outbox.failure()?.code == .fileLost)
        }
    }

    @Test("what a lost database held can be copied to a new file")
    func rescued() async throws {
        try await open { outbox, path in
            try Deed.removed.perform(on: path)
            await outbox.lookAtFiles()
            _ = try await outbox.copy(to: path + ".rescued")
            let copy = try Outbox(path: path + ".rescued")
            #expect(try await copy.sale(Fixture.id("KEPT")).id == Fixture.id("KEPT"))
            try copy.close()
        }
    }

    @Test("a log that is gone ends it as well, and closing carries everything over", arguments: [true, false])
    func log(isReplaced: Bool) async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let outbox = try Outbox(path: path)
            _ = try await outbox.accepted(Fixture.sale("KEPT"))
            try (isReplaced ? Deed.replaced : .removed).perform(on: path + "-wal")
            await outbox.lookAtFiles()
            #expect(await outbox.failure()?.code == .logLost)
            #expect(await outbox.lostFile() == nil)
            try outbox.close()
            let next = try Outbox(path: path)
            #expect(try await next.sale(Fixture.id("KEPT")).id == Fixture.id("KEPT"))
            try next.close()
        }
    }

    @Test("a database that goes after its log, or as the gateway stops, is told of when it is asked for")
    func lostLast() async throws {
        try await open { outbox, path in
            try FileManager.default.removeItem(atPath: path + "-wal")
            await outbox.lookAtFiles()
            #expect(await outbox.failure()?.code == .logLost)
            #expect(await outbox.lostFile() == nil)
            try Deed.removed.perform(on: path)
            #expect(await outbox.lostFile()?.code == .fileLost)
        }
        try await open { outbox, path in
            try Deed.removed.perform(on: path)
            #expect(await outbox.lostFile()?.code == .fileLost)
        }
    }

    @Test("its own log is stray beside another database or none, and nobody else's ever is")
    func strayLog() async throws {
        for deed in Deed.allCases {
            try await open { outbox, path in
                #expect(await outbox.strayLog() == nil)
                try deed.perform(on: path)
                #expect(await outbox.strayLog() == (deed == .folderMoved ? nil : path + "-wal"))
                guard deed != .folderMoved else { return }
                try Data("another's".utf8).write(to: URL(fileURLWithPath: path + "-wal"), options: .atomic)
                #expect(await outbox.strayLog() == nil)
            }
        }
    }

    @Test("closing removes no log of a database that has taken this one's place")
    func otherLog() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let outbox = try Outbox(path: path)
            _ = try await outbox.accepted(Fixture.sale("KEPT"))
            try Deed.replaced.perform(on: path)
            try Data("another's".utf8).write(to: URL(fileURLWithPath: path + "-wal"), options: .atomic)
            await outbox.lookAtFiles()
            try outbox.close()
            #expect(try Data(contentsOf: URL(fileURLWithPath: path + "-wal")) == Data("another's".utf8))
        }
    }

    @Test("through a symlink the log is looked for beside the file itself")
    func symlink() async throws {
        try await withTemporaryFolder { folder in
            let real = folder.appendingPathComponent("real.sqlite").path
            let path = folder.appendingPathComponent("outbox.sqlite").path
            try Outbox(path: real).close()
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: real)
            let outbox = try Outbox(path: path)
            _ = try await outbox.accepted(Fixture.sale("A"))
            await outbox.lookAtFiles()
            #expect(outbox.isOpen)
            try FileManager.default.removeItem(atPath: real + "-wal")
            await outbox.lookAtFiles()
            #expect(await outbox.failure()?.code == .logLost)
            try outbox.close()
        }
    }

    @Test("a backup, a checkpoint and a file that was away for a moment are no loss")
    func wellAll() async throws {
        try await open { outbox, path in
            _ = try await outbox.copy(to: path + ".copy")
            // More than are written between two checkpoints.
            for number in 0..<600 { _ = try await outbox.accept(Fixture.sale("S-\(number)")) }
            await outbox.lookAtFiles()
            try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
            try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
            await outbox.lookAtFiles()
            #expect(outbox.isOpen)
            _ = try await outbox.accepted(Fixture.sale("AFTER"))
        }
    }

    private static let own = DatabaseFiles.Reading.file(device: 1, inode: 2)

    @Test(
        "it takes every look to say the same; what cannot be told is no loss",
        arguments: [
            ([own], false), ([.nothing, own], false), ([.nothing, .nothing, .nothing, own], false),
            ([.unknown, .unknown, .unknown, .unknown], false), ([.nothing, .unknown], false),
            ([.nothing, .nothing, .nothing, .nothing], true),
            ([.file(device: 1, inode: 3), .nothing, .nothing, .file(device: 1, inode: 3)], true),
            // Another disk is mounted over its folder.
            ([.file(device: 9, inode: 2), .file(device: 9, inode: 2), .file(device: 9, inode: 2), .nothing], true),
        ] as [([DatabaseFiles.Reading], Bool)])
    func proof(readings: [DatabaseFiles.Reading], isLost: Bool) throws {
        let queue = try DatabaseQueue()
        let script = Mutex([Self.own] + readings)
        let files = try DatabaseFiles(of: queue, path: "outbox.sqlite") { path in
            path == "outbox.sqlite" ? script.withLock { $0.isEmpty ? .unknown : $0.removeFirst() } : .unknown
        }
        #expect((files.loss() != nil) == isLost)
    }
}
