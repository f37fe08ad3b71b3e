import Foundation
import GRDB
import NIOHTTP1
import Testing

/// The database removed or replaced under the real program.
@Suite(.timeLimit(.minutes(2))) struct LostDatabaseTests {
    @Test(
        "the gateway stops with 74 and says so, sales are refused until then, and what was accepted is kept",
        arguments: [true, false], [true, false])
    func lost(isReplaced: Bool, isSelling: Bool) async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            for number in 0..<3 {
                #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("KEPT-\(number)")).status == 201)
            }
            let files = FileManager.default
            if isReplaced {
                try files.copyItem(atPath: store.database, toPath: store.database + ".new")
                #expect(rename(store.database + ".new", store.database) == 0)
            } else {
                try files.removeItem(atPath: store.database)
                try files.removeItem(atPath: store.database + "-wal")
            }
            let begun = ContinuousClock.now
            if isSelling {
                // It may have stopped to listen already.
                let answer = try? await store.request(.POST, "/v1/sales", Store.unprinted("REFUSED"))
                #expect(answer.map { $0.status == 503 } ?? true, "\(answer?.status ?? 0)")
            }
            try await gateway.untilLogged("database failed, the gateway stops")
            #expect(ContinuousClock.now - begun < .seconds(1))
            #expect(await gateway.end() == 74)
            let log = try gateway.logged()
            #expect(log.contains(isReplaced ? "another file has taken the place of" : "was removed while it was open"))
            let folder = URL(fileURLWithPath: store.database).deletingLastPathComponent()
            let rescued = try #require(rescuedFiles(in: store).first)
            #expect(log.contains("is kept in \(folder.path)/\(rescued)"))
            #expect(!files.fileExists(atPath: store.database + "-wal"))

            if isReplaced { try files.removeItem(atPath: store.database) }
            // As systemd does, two seconds later.
            let next = try await RunningGateway.start(in: store)
            for number in 0..<3 {
                #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("KEPT-\(number)")).status == 200)
            }
            #expect(await next.stop() == 0)
            let words = try next.logged()
            #expect(words.contains("critical database was missing") && words.contains(rescued), "\(words)")
            #expect(!words.contains("rescued database not in use"))
            #expect(try rescuedFiles(in: store).isEmpty)
        }
    }

    /// Names of everything rescued, whole or not.
    private func rescuedFiles(in store: Store) throws -> [String] {
        let folder = URL(fileURLWithPath: store.database).deletingLastPathComponent()
        return try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasPrefix("outbox.sqlite.rescued-") }
    }

    @Test(
        "an older copy that takes the database's place is opened as it is, and the rescued one is named at each start")
    func olderCopy() async throws {
        try await Store.open { store in
            let first = try await RunningGateway.start(in: store)
            #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("OLD")).status == 201)
            #expect(await first.stop() == 0)
            let copy = store.folder.appendingPathComponent("copy").path
            try FileManager.default.copyItem(atPath: store.database, toPath: copy)

            let gateway = try await RunningGateway.start(in: store)
            for number in 0..<20 {
                #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("NEW-\(number)")).status == 201)
            }
            #expect(rename(copy, store.database) == 0)
            #expect(await gateway.end() == 74)
            let rescued = try #require(rescuedFiles(in: store).first)
            for _ in 0..<2 {
                let next = try await RunningGateway.start(in: store)
                #expect(try await store.request(.GET, "/v1/sales/OLD").status == 200)
                #expect(try await store.request(.GET, "/v1/sales/NEW-0").status == 404)
                #expect(await next.stop() == 0)
                let lines = try next.logged().split(separator: "\n").filter { $0.contains(rescued) }
                #expect(lines.count == 1 && lines[0].hasPrefix("warning"), "\(lines)")
            }
            // As the manual has it.
            try FileManager.default.removeItem(atPath: store.database)
            let last = try await RunningGateway.start(in: store)
            #expect(try await store.request(.GET, "/v1/sales/OLD").status == 200)
            #expect(try await store.request(.GET, "/v1/sales/NEW-19").status == 200)
            #expect(await last.stop() == 0)
        }
    }

    @Test("a stop in the moment after the database is gone rescues it as well")
    func stopped() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("KEPT")).status == 201)
            try FileManager.default.removeItem(atPath: store.database)
            #expect(await gateway.stop() == 74)
            let next = try await RunningGateway.start(in: store)
            #expect(try await store.request(.GET, "/v1/sales/KEPT").status == 200)
            #expect(await next.stop() == 0)
        }
    }

    @Test("a database that is moved away with its folder is rescued to where the next start looks")
    func folderMoved() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("KEPT")).status == 201)
            let folder = URL(fileURLWithPath: store.database).deletingLastPathComponent().path
            #expect(rename(folder, folder + "-moved") == 0)
            #expect(await gateway.end() == 74)
            let next = try await RunningGateway.start(in: store)
            #expect(try await store.request(.GET, "/v1/sales/KEPT").status == 200)
            #expect(await next.stop() == 0)
        }
    }

    @Test(
        "of a rescue that finds no room nothing is left that takes room, and the log stays", arguments: [true, false])
    func noRoom(isReplaced: Bool) async throws {
        try await Store.open { store in
            let first = try await RunningGateway.start(in: store)
            for number in 0..<60 {
                #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("S-\(number)")).status == 201)
            }
            #expect(await first.stop() == 0)
            let files = FileManager.default
            let size = try #require(files.attributesOfItem(atPath: store.database)[.size] as? Int)
            // No file may grow to the database's size: the limit is in KiB.
            let gateway = try await RunningGateway.start(
                in: store,
                wrapper: ["/bin/bash", "-c", "ulimit -f \(size / 1_024 - 8); exec \"$@\"", "bash"])
            #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("LAST")).status == 201)
            if isReplaced {
                let copy = store.folder.appendingPathComponent("copy").path
                try files.copyItem(atPath: store.database, toPath: copy)
                #expect(rename(copy, store.database) == 0)
            } else {
                try files.removeItem(atPath: store.database)
            }
            #expect(await gateway.end() == 74)
            #expect(try gateway.logged().contains("could not be written to"))
            let left = try rescuedFiles(in: store)
            #expect(isReplaced ? left.count == 1 && left[0].hasSuffix("Z-wal") : left.isEmpty, "\(left)")
            #expect(files.fileExists(atPath: store.database + "-wal") == !isReplaced)
        }
    }

    @Test("a rescue that was cut short is named at the start, and is no database")
    func cutShort() async throws {
        try await Store.open { store in
            let first = try await RunningGateway.start(in: store)
            #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("KEPT")).status == 201)
            #expect(await first.stop() == 0)
            let part = store.database + ".rescued-20261120T031500Z.part"
            try FileManager.default.moveItem(atPath: store.database, toPath: part)
            // What was reserved for it, and a stranger's.
            for ending in ["", "-2.txt"] {
                try Data().write(to: URL(fileURLWithPath: store.database + ".rescued-20261120T031500Z" + ending))
            }
            let next = try await RunningGateway.start(in: store)
            #expect(try await store.request(.GET, "/v1/sales/KEPT").status == 404)
            #expect(await next.stop() == 0)
            #expect(try next.logged().contains(part))
        }
    }

    @Test("of several rescued ones the newest is taken, and a log that is left is not replayed into it")
    func newest() async throws {
        try await Store.open { store in
            let files = FileManager.default
            for id in ["OLD", "NEW"] {
                let gateway = try await RunningGateway.start(in: store)
                #expect(try await store.request(.POST, "/v1/sales", Store.unprinted(id)).status == 201)
                #expect(await gateway.stop() == 0)
                try files.moveItem(atPath: store.database, toPath: store.folder.appendingPathComponent(id).path)
            }
            for (id, ending) in [("OLD", ""), ("NEW", "-2")] {
                try files.moveItem(
                    atPath: store.folder.appendingPathComponent(id).path,
                    toPath: store.database + ".rescued-20261120T031500Z" + ending)
            }
            try Data("left".utf8).write(to: URL(fileURLWithPath: store.database + "-wal"))
            let next = try await RunningGateway.start(in: store)
            #expect(try await store.request(.GET, "/v1/sales/NEW").status == 200)
            #expect(try await store.request(.GET, "/v1/sales/OLD").status == 404)
            #expect(await next.stop() == 0)
            #expect(try next.logged().contains("rescued database not in use"))
            let folder = URL(fileURLWithPath: store.database).deletingLastPathComponent().path
            #expect(
                try files.contentsOfDirectory(atPath: folder).contains {
                    $0.hasPrefix("outbox.sqlite.set-aside-") && $0.hasSuffix("-wal")
                })
        }
    }

    @Test("a log that is removed stops it as well, and nothing is lost")
    func log() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("KEPT")).status == 201)
            try FileManager.default.removeItem(atPath: store.database + "-wal")
            #expect(await gateway.end() == 74)
            #expect(
                try gateway.logged().contains("-wal was removed while it was open. Nothing that was accepted is lost"))
            let next = try await RunningGateway.start(in: store)
            #expect(try await store.request(.GET, "/v1/sales/KEPT").status == 200)
            #expect(await next.stop() == 0)
        }
    }

    @Test("a backup does not look like a loss")
    func backup() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("A")).status == 201)
            #expect(try await store.command("backup", store.database + ".copy").status == 0)
            try FileManager.default.removeItem(atPath: store.database + ".copy")
            #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("B")).status == 201)
            #expect(await gateway.stop() == 0)
        }
    }
}
