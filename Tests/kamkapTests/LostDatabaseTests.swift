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
            try await gateway.untilLogged("the gateway stops: its database has failed")
            #expect(ContinuousClock.now - begun < .seconds(1))
            #expect(await gateway.end() == 74)
            let log = try gateway.logged()
            #expect(log.contains(isReplaced ? "another file has taken the place of" : "was removed while it was open"))
            let folder = URL(fileURLWithPath: store.database).deletingLastPathComponent()
            let rescued = try #require(
                files.contentsOfDirectory(atPath: folder.path).first { $0.hasPrefix("outbox.sqlite.rescued-") })
            #expect(log.contains("is kept in \(folder.path)/\(rescued)"))

            for name in ["", "-wal"] { try? files.removeItem(atPath: store.database + name) }
            try files.moveItem(atPath: "\(folder.path)/\(rescued)", toPath: store.database)
            let next = try await RunningGateway.start(in: store)
            for number in 0..<3 {
                #expect(try await store.request(.GET, "/v1/sales/KEPT-\(number)").status == 200)
            }
            #expect(await next.stop() == 0)
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
