import Foundation
import GatewayAPI
import JSON
import NIOHTTP1
import Simulators
import Testing

@Suite(.timeLimit(.minutes(2))) struct StatusTests {
    private func status(_ store: Store) async throws -> StatusResource {
        try StatusResource(json: JSONParser.parse(await store.request(.GET, "/v1/status").body))
    }

    @Test("one look says whether all is well, and the exit code says it to a script")
    func well() async throws {
        try await Store.open { store in
            #expect(try await store.command("status").status == 69)
            let gateway = try await RunningGateway.start(in: store)
            #expect(try await store.request(.POST, "/v1/sales?wait=printed", Store.sale()).status == 201)
            let well = try await store.command("status")
            #expect(well.status == 0)
            #expect(well.output.hasPrefix("All is well.\n"))
            #expect(well.output.contains("\nregistrations  0 pending, 0 held, 0 rejected\n"))
            #expect(well.output.contains("\nservices       slime: up\n"))
            #expect(well.output.contains("\nprinters       front: ready\n"))
            let json = try StatusResource(
                json: JSONParser.parse(Array(try await store.command("status", "--json").output.utf8)))
            #expect(json.ready)
            #expect(json.services.map(\.name) == ["slime"])
            #expect(json.services.map(\.state) == ["up"])
            #expect(json.services.map(\.pending) == [0])
            #expect(json.database.sizeBytes ?? 0 > 0)
            #expect(json.database.freeBytes ?? 0 > 0)
            #expect(json.prints.queued == 0)
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a rejected sale needs a hand until somebody has acknowledged it; reading the list is not that")
    func rejected() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            await store.slime.inject(
                .init(
                    .exception(code: "SchemaViolation", message: "secret words"), transactionID: "TEST-ES-0002",
                    times: 1))
            #expect(try await store.request(.POST, "/v1/sales?wait=registered", Store.sale()).status == 201)
            let alarmed = try await store.command("status")
            #expect(alarmed.status == 1)
            #expect(
                alarmed.output.hasPrefix(
                    "1 thing needs a hand:\n- 1 sale is rejected (the last at Slime: SchemaViolation): nothing goes on by itself."
                ))
            #expect(alarmed.complaints.isEmpty)
            #expect(try gateway.logged().contains("alarm.code=sales-rejected"))
            #expect(try await store.command("sales", "--registration", "rejected").status == 0)
            #expect(try await store.command("status").status == 1)
            let unknown = try await store.command("status", "--acknowledge", "sales-lost")
            #expect(unknown.status == 65)
            #expect(
                unknown.complaints.contains("there is no alarm of the code \"sales-lost\"; there are: account-held, "))
            let seen = try await store.command("status", "--acknowledge", "sales-rejected")
            #expect(seen.status == 0)
            #expect(
                seen.output.hasPrefix(
                    "seen: 1 sale is rejected (the last at Slime: SchemaViolation): nothing goes on by itself."))
            #expect(seen.output.contains("0 pending, 0 held, 1 rejected"))
            #expect(await gateway.stop() == 0)
            let again = try await RunningGateway.start(in: store)
            #expect(try await store.command("status").status == 0)
            #expect(await again.stop() == 0)
            #expect(try !gateway.logged().contains("secret words"))
        }
    }

    @Test("what is owed is in the status at once, and held where the account is")
    func owed() async throws {
        try await Store.open { store in
            await store.slime.inject(
                .init(.exception(code: "Fund::InsufficientBalance", message: nil), times: 1_000))
            await store.printer.set(.paperOut)
            let gateway = try await RunningGateway.start(in: store)
            #expect(try await store.request(.POST, "/v1/sales?wait=registered", Store.sale()).status == 201)
            let owed = try await status(store)
            #expect(owed.registrations.held == 1)
            #expect(owed.registrations.pending == 0)
            #expect(owed.registrations.oldestPendingID == "TEST-ES-0002")
            #expect(owed.registrations.oldestPendingSeconds != nil)
            #expect(owed.services.map(\.state) == ["held"])
            #expect(owed.services.map(\.lastErrorCode) == ["Fund::InsufficientBalance"])
            #expect(owed.services.map(\.pending) == [1])
            let sale = try await store.request(.GET, "/v1/sales/TEST-ES-0002").sale()
            #expect(sale.registration.provider == "slime")
            #expect(owed.prints.byPrinter.map(\.printer) == ["front"])
            #expect(owed.printers.map(\.state) == ["unable"])
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("many large bodies at once cost no more memory than a few, and are taken or told to come again")
    func memory() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            let padding = String(repeating: " ", count: (4 << 20) - 2_000)
            let answers = try await withThrowingTaskGroup(of: Store.Answer.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        try await store.request(.POST, "/v1/sales", padding + Store.sale("BIG-\(number)"))
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(answers.map(\.status)).isSubset(of: [201, 503]))
            #expect(answers.contains { $0.status == 201 })
            #expect(answers.filter { $0.status == 503 }.allSatisfy { $0.headers.contains(name: "Retry-After") })
            // The bodies are 160 MiB together, of which 32 MiB are let in at once.
            let peak = try gateway.peakMemory()
            #expect(peak < 180 << 10, "\(peak) KiB")
            #expect(try await store.request(.POST, "/v1/sales", Store.sale("LATER")).status == 201)
            #expect(await gateway.stop() == 0)
        }
    }
}
