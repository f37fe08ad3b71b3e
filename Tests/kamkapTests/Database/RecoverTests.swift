import Foundation
import GatewayAPI
import JSON
import NIOHTTP1
import Simulators
import Testing

@Suite(.timeLimit(.minutes(3))) struct RecoverTests {
    private static let sold = 25

    @Test("what was owed when the database broke is registered by a gateway on the recovered one")
    func recoverAndGoOn() async throws {
        try await Store.open { store in
            await store.slime.inject(.init(.unavailable(status: 503)))
            let first = try await RunningGateway.start(in: store)
            for number in 0..<Self.sold {
                #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("S-\(number)")).status == 201)
            }
            // A gateway that runs is not read behind its back.
            let busy = try await Binary.run(["recover", store.database])
            #expect(busy.status == 71)
            #expect(busy.complaints.contains("stop it first"))
            // Killed: the sales are in the log alone.
            await first.kill()
            try FileHandle(forUpdating: URL(fileURLWithPath: store.database)).overwrite(Data(count: 4_096), at: 0)
            try FileHandle(forUpdating: URL(fileURLWithPath: store.database + "-wal")).overwrite(Data(count: 32), at: 0)
            #expect(try await Binary.run(["serve", "--config", store.configuration.path]).status == 74)
            let before = try ["", "-wal"].map { try Data(contentsOf: URL(fileURLWithPath: store.database + $0)) }

            let recovered = try await Binary.run(["recover", store.database, "--json"])
            #expect(recovered.status == 0, "\(recovered.complaints)")
            guard case .object(let report) = try JSONParser.parse(Array(recovered.output.utf8)) else {
                throw FixtureError("no JSON: \(recovered.output)")
            }
            #expect(report["sales"] == .number(JSONNumber(Self.sold)))
            #expect(report["pending"] == .number(JSONNumber(Self.sold)))
            #expect(report["missing_sales"] == .number(JSONNumber(0)))
            let isUntouched =
                try ["", "-wal"].map { try Data(contentsOf: URL(fileURLWithPath: store.database + $0)) } == before
            #expect(isUntouched)

            // As the command says: both files are moved out of the way.
            let files = FileManager.default
            try files.moveItem(atPath: store.database, toPath: store.database + ".damaged")
            try files.moveItem(atPath: store.database + "-wal", toPath: store.database + ".damaged-wal")
            try files.moveItem(atPath: store.database + ".recovered", toPath: store.database)
            await store.slime.clearFaults()
            let second = try await RunningGateway.start(in: store)
            for number in 0..<Self.sold {
                let path = "/v1/sales?wait=registered&timeout=60s"
                let answer = try await store.request(.POST, path, Store.unprinted("S-\(number)"))
                #expect(answer.status == 200)
                #expect(try answer.sale().registration.state == "ready")
            }
            #expect(await store.slime.transactions().count == Self.sold)
            #expect(await second.stop() == 0)
        }
    }

    @Test(
        "a whole database is recovered with the next step in words; nothing is overwritten, and each refusal has its code"
    )
    func refusals() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            #expect(try await store.request(.POST, "/v1/sales?wait=registered", Store.sale()).status == 201)
            #expect(await gateway.stop() == 0)
            let output = store.folder.appendingPathComponent("new.sqlite").path
            let recovered = try await Binary.run(["recover", store.database, "--output", output])
            #expect(recovered.status == 0)
            #expect(recovered.output.contains("1 sales and 1 prints were brought into \(output)"))
            #expect(recovered.output.contains("mv \(output) \(store.database)"))
            let mode = try FileManager.default.attributesOfItem(atPath: output)[.posixPermissions] as? Int
            #expect(mode == 0o600)

            let again = try await Binary.run(["recover", store.database, "--output", output])
            #expect(again.status == 73)
            #expect(try await Binary.run(["recover", "/nowhere/outbox.sqlite"]).status == 66)
            let text = store.folder.appendingPathComponent("text").path
            try Data(String(repeating: "no database\n", count: 1_000).utf8).write(to: URL(fileURLWithPath: text))
            let nothing = try await Binary.run(["recover", text])
            #expect(nothing.status == 65)
            #expect(nothing.complaints.contains("no sale could be read"))
            let left = try FileManager.default.contentsOfDirectory(atPath: store.folder.path)
            #expect(!left.contains { $0.contains(".part") || $0.hasPrefix("text.") })
        }
    }
}
