import Foundation
import NIOHTTP1
import Testing

/// A database that will not open, under both settings of `outbox.on_corruption`, and the real program.
@Suite(.timeLimit(.minutes(3))) struct DamagedDatabaseTests {
    enum Damage: CaseIterable {
        case cutShort, zeroed, headerZeroed, schemaZeroed, text, emptyBesideItsLog

        func strike(_ path: String) throws {
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            let size = Int(try file.seekToEnd())
            switch self {
            case .cutShort: try file.truncate(atOffset: UInt64(size / 2))
            case .zeroed: try file.overwrite(Data(count: size), at: 0)
            case .headerZeroed: try file.overwrite(Data(count: 100), at: 0)
            case .schemaZeroed: try file.overwrite(Data(count: 3_996), at: 100)
            case .text: try Data("this is no database, only some text\n".utf8).write(to: URL(fileURLWithPath: path))
            case .emptyBesideItsLog:
                try file.truncate(atOffset: 0)
                try Data(count: 8_192).write(to: URL(fileURLWithPath: path + "-wal"))
            }
        }
    }

    private static let sold = 12

    /// A store whose gateway has sold something and was stopped.
    private func withClosedStore(outbox: String, _ body: (Store) async throws -> Void) async throws {
        try await Store.open(outbox: outbox) { store in
            let gateway = try await RunningGateway.start(in: store)
            for number in 0..<Self.sold {
                #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("OLD-\(number)")).status == 201)
            }
            #expect(await gateway.stop() == 0)
            try await body(store)
        }
    }

    private func names(_ store: Store) throws -> Set<String> {
        let folder = URL(fileURLWithPath: store.database).deletingLastPathComponent().path
        return Set(try FileManager.default.contentsOfDirectory(atPath: folder))
    }

    @Test("the gateway stops with 74, says what is wrong and what to try, and leaves the file as it is")
    func stop() async throws {
        try await withClosedStore(outbox: "") { store in
            let sound = try Data(contentsOf: URL(fileURLWithPath: store.database))
            for damage in Damage.allCases {
                try sound.write(to: URL(fileURLWithPath: store.database))
                try damage.strike(store.database)
                let damaged = try Data(contentsOf: URL(fileURLWithPath: store.database))
                let outcome = try await Binary.run(["serve", "--config", store.configuration.path])
                #expect(outcome.status == 74, "\(damage)")
                #expect(outcome.complaints.contains("is damaged: "), "\(damage)")
                #expect(outcome.complaints.contains("try: kamkap recover \(store.database)"), "\(damage)")
                let isAsItWas = try Data(contentsOf: URL(fileURLWithPath: store.database)) == damaged
                #expect(isAsItWas, "\(damage)")
                #expect(try names(store).allSatisfy { !$0.contains("set-aside") })
            }
        }
    }

    @Test("set aside, the file and its log keep their bytes under another name, and trade goes on")
    func setAside() async throws {
        try await withClosedStore(outbox: "on_corruption = \"set-aside\"") { store in
            let sound = try Data(contentsOf: URL(fileURLWithPath: store.database))
            for (number, damage) in Damage.allCases.enumerated() {
                try sound.write(to: URL(fileURLWithPath: store.database))
                try damage.strike(store.database)
                let damaged = try Data(contentsOf: URL(fileURLWithPath: store.database))
                let before = try names(store)
                let gateway = try await RunningGateway.start(in: store)
                let new = try names(store).subtracting(before).filter { $0.hasPrefix("outbox.sqlite.set-aside-") }
                let place = try #require(new.first { !$0.hasSuffix("-wal") }, "\(damage)")
                #expect(new.contains(place + "-wal") == (damage == .emptyBesideItsLog), "\(damage)")
                let path = URL(fileURLWithPath: store.database).deletingLastPathComponent().path + "/" + place
                let isKept = try Data(contentsOf: URL(fileURLWithPath: path)) == damaged
                #expect(isKept, "\(damage)")
                let log = try gateway.logged()
                #expect(
                    log.contains("critical") && log.contains("kamkap recover") && log.contains("path=\(path)"),
                    "\(damage)")
                #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("NEW-\(number)")).status == 201)
                #expect(try await store.request(.GET, "/v1/sales/OLD-0").status == 404)
                #expect(await gateway.stop() == 0)
            }
            // What took its place is sound.
            let count = try names(store).count
            let gateway = try await RunningGateway.start(in: store)
            #expect(try await store.request(.GET, "/v1/sales/NEW-\(Damage.allCases.count - 1)").status == 200)
            #expect(await gateway.stop() == 0)
            #expect(try names(store).filter { $0.contains("set-aside") }.count <= count)
        }
    }

    @Test("a newer database, and one that only cannot be opened now, is never set aside")
    func neverSetAside() async throws {
        try await withClosedStore(outbox: "on_corruption = \"set-aside\"") { store in
            let newer = try await Binary.run(
                [store.database, "INSERT INTO grdb_migrations (identifier) VALUES ('99 from the future')"],
                at: URL(fileURLWithPath: "/usr/bin/sqlite3"))
            #expect(newer.status == 0)
            let refused = try await Binary.run(["serve", "--config", store.configuration.path])
            #expect(refused.status == 74)
            #expect(refused.complaints.contains("was written by a newer Kamkap"))
            try FileManager.default.removeItem(atPath: store.database)
            try FileManager.default.createDirectory(atPath: store.database, withIntermediateDirectories: false)
            let folder = try await Binary.run(["serve", "--config", store.configuration.path])
            #expect(folder.status == 74)
            #expect(try names(store).allSatisfy { !$0.contains("set-aside") })
        }
    }
}

extension FileHandle {
    func overwrite(_ data: Data, at offset: Int) throws {
        try seek(toOffset: UInt64(offset))
        try write(contentsOf: data)
    }
}

extension Store {
    /// A sale of which only the registration is wanted.
    static func unprinted(_ id: String) -> String { sale(id).dropLast() + ",\"receipt\":{\"print\":false}}" }
}
