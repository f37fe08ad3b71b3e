import Foundation
import GRDB
import GatewayAPI
import NIOHTTP1
import Sales
import Testing

@Suite(.timeLimit(.minutes(2))) struct BackupTests {
    private static func transactionIDs(_ path: String) throws -> Set<String> {
        var configuration = Configuration()
        configuration.readonly = true
        let database = try DatabaseQueue(path: path, configuration: configuration)
        return try database.read { db in
            guard try String.fetchOne(db, sql: "PRAGMA integrity_check") == "ok" else {
                throw FixtureError("\(path) is not sound")
            }
            return try String.fetchSet(db, sql: "SELECT transaction_id FROM sale")
        }
    }

    @Test("a copy made while sales go on is sound, has every sale from before, and a gateway trades on with it")
    func consistent() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            for number in 1...40 {
                #expect(try await store.request(.POST, "/v1/sales", Store.sale("BEFORE-\(number)")).status == 201)
            }
            let copy = store.folder.appendingPathComponent("copy.sqlite").path
            async let during: Void = {
                for number in 1...400 {
                    let answer = try await store.request(.POST, "/v1/sales", Store.sale("DURING-\(number)"))
                    #expect(answer.status == 201)
                }
            }()
            for round in 1...5 {
                let outcome = try await store.command("backup", "\(copy)-\(round)")
                #expect(outcome.status == 0, "\(outcome.complaints)")
            }
            try await during
            for round in 1...5 {
                let kept = try Self.transactionIDs("\(copy)-\(round)")
                #expect((1...40).allSatisfy { kept.contains("BEFORE-\($0)") })
                #expect(
                    try FileManager.default.attributesOfItem(atPath: "\(copy)-\(round)")[.posixPermissions] as? Int
                        == 0o600)
            }
            #expect(await gateway.stop() == 0)
            for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: store.database + ending) }
            try FileManager.default.copyItem(atPath: "\(copy)-5", toPath: store.database)
            let next = try await RunningGateway.start(in: store)
            let sale = try await store.request(.GET, "/v1/sales/BEFORE-1").sale()
            #expect(sale.totals.total == "412.60")
            #expect(await next.stop() == 0)
        }
    }

    @Test("nothing is overwritten, and a place where nothing can be written is named")
    func refusals() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            let taken = store.folder.appendingPathComponent("taken").path
            try Data("mine".utf8).write(to: URL(fileURLWithPath: taken))
            func refusal(_ body: String) async throws -> (status: Int, problem: Problem) {
                let answer = try await store.request(.POST, "/v1/backup", body)
                return (answer.status, try answer.problem())
            }
            let exists = try await refusal("{\"path\":\"\(taken)\"}")
            #expect(exists.status == 409)
            #expect(try String(contentsOfFile: taken, encoding: .utf8) == "mine")
            for path in ["relative", "/nowhere/at/all", "/", ""] {
                let bad = try await refusal("{\"path\":\"\(path)\"}")
                #expect(bad.status == 422, "\(path)")
                #expect(bad.problem.errors?.first?.pointer == "/path")
            }
            #expect(try await refusal("{}").status == 422)
            #expect(try await refusal("{\"path\":7}").status == 422)
            // A name that is fine, in a folder that takes no files.
            #expect(try await refusal("{\"path\":\"/proc/copy.sqlite\"}").status == 422)
            #expect(await gateway.stop() == 0)
        }
    }
}
