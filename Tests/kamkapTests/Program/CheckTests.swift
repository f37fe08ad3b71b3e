import Foundation
import GatewayAPI
import JSON
import NIOHTTP1
import Simulators
import Testing

@Suite(.timeLimit(.minutes(1))) struct CheckTests {
    private struct Line {
        let subject: String
        let isWell: Bool
        let text: String
    }

    private func check(_ store: Store) async throws -> (status: Int32, lines: [Line]) {
        let outcome = try await Binary.run(["check", "--config", store.configuration.path])
        let lines = outcome.output.split(separator: "\n").map { line in
            Line(
                subject: line.dropFirst(7).prefix { $0 != " " }.description, isWell: line.hasPrefix("ok "),
                text: String(line))
        }
        return (outcome.status, lines)
    }

    @Test("with all in order every line is ok, without a gateway and with one") func well() async throws {
        try await Store.open { store in
            for isRunning in [false, true] {
                let gateway = isRunning ? try await RunningGateway.start(in: store) : nil
                let (status, lines) = try await check(store)
                #expect(status == 0, "\(lines.map(\.text))")
                #expect(!lines.contains { !$0.isWell }, "\(lines.map(\.text))")
                let subjects = Set(lines.map(\.subject))
                #expect(
                    subjects.isSuperset(of: [
                        "configuration", "secret", "receipt", "disk", "Slime", "printer", "gateway",
                    ]))
                #expect(lines.contains { $0.text.contains("the clocks agree") })
                #expect(lines.contains { $0.text.contains("front") && $0.text.contains("ready") })
                if let gateway { #expect(await gateway.stop() == 0) }
            }
        }
    }

    @Test("each configured provider is asked, and named with what to do")
    func billgate() async throws {
        let configuration = BillgateSimulator.Configuration()
        let billgate = BillgateSimulator(configuration: configuration)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await billgate.run() }
            defer { group.cancelAll() }
            let endpoint = try await billgate.endpoint()
            let table = """
                [billgate]
                endpoint = "\(endpoint)"
                key_file = "billgate-key"
                [billgate.walk_in]
                name = "ลูกค้าเงินสด"
                house_number = "99"
                sub_district = "คลองเตย"
                district = "คลองเตย"
                province = "กรุงเทพมหานคร"
                post_code = "10110"
                """
            try await Store.open(slime: table) { store in
                let key = store.folder.appendingPathComponent("billgate-key")
                try Data((configuration.key + "\n").utf8).write(to: key)
                let (status, lines) = try await check(store)
                #expect(status == 0, "\(lines.map(\.text))")
                #expect(
                    lines.filter { ["Slime", "Billgate"].contains($0.subject) }.map(\.subject) == ["Slime", "Billgate"])
                let found = try #require(lines.first { $0.subject == "Billgate" })
                #expect(found.text.contains("recognises this account") && found.text.contains("ลูกค้าเงินสด"))
                // On this machine there is no other clock.
                #expect(!found.text.contains("clock"))
                try Data("another-key".utf8).write(to: key)
                let (refused, refusals) = try await check(store)
                #expect(refused == 69)
                let refusal = try #require(refusals.first { $0.subject == "Billgate" })
                #expect(!refusal.isWell && refusal.text.contains("billgate.key_file"))
                #expect(!refusals.contains { $0.text.contains("another-key") })
                for wrong in ["two words", "two\nlines", ""] {
                    try Data(wrong.utf8).write(to: key)
                    let (status, lines) = try await check(store)
                    #expect(status == 78)
                    #expect(
                        lines.contains { $0.subject == "key" && !$0.isWell && $0.text.contains("billgate.key_file") })
                    #expect(!lines.contains { $0.text.contains("two") })
                }
            }
        }
    }

    @Test("a printer that says nothing is no fault, without a gateway and with one") func mute() async throws {
        let paper = FileManager.default.temporaryDirectory.appendingPathComponent("mute-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: paper) }
        try await Store.open(printer: "[[printers]]\nname = \"mute\"\ndevice = \"file://\(paper)\"") { store in
            for isRunning in [false, true] {
                let gateway = isRunning ? try await RunningGateway.start(in: store) : nil
                let (status, lines) = try await check(store)
                #expect(status == 0, "\(lines.map(\.text))")
                #expect(lines.contains { $0.text.contains("mute") && $0.isWell })
                if let gateway { #expect(await gateway.stop() == 0) }
            }
        }
    }

    @Test("what is wrong out there is named with what to do, and is no fault of the configuration's")
    func faults() async throws {
        try await Store.open { store in
            await store.printer.set(.paperOut)
            try Data("another secret\n".utf8).write(to: store.folder.appendingPathComponent("secret"))
            let (status, lines) = try await check(store)
            #expect(status == 69)
            let printer = try #require(lines.first { $0.subject == "printer" })
            #expect(!printer.isWell)
            #expect(printer.text.contains("paper"))
            let slime = try #require(lines.first { $0.subject == "Slime" })
            #expect(!slime.isWell)
            #expect(slime.text.contains("JWT::VerificationError"))
            #expect(slime.text.contains("Check the signing secret (slime.secret_file)"))
            #expect(!lines.contains { $0.text.contains("another secret") })
            try FileManager.default.removeItem(at: store.folder.appendingPathComponent("secret"))
            #expect(try await check(store).status == 78)
        }
    }

    @Test("events are followed a line each, also by scripts, without a link") func watch() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            let output = store.folder.appendingPathComponent("watch")
            try Data().write(to: output)
            let process = Process()
            process.executableURL = try Binary.url()
            process.arguments = ["sales", "--watch", "--json", "--socket", store.socket]
            let written = try FileHandle(forWritingTo: output)
            defer { try? written.close() }
            process.standardOutput = written
            process.standardError = FileHandle.nullDevice
            try process.run()
            defer { process.terminate() }
            func lines(once isDone: ([String]) -> Bool) async throws -> [String] {
                let deadline = ContinuousClock.now + .seconds(30)
                while ContinuousClock.now < deadline {
                    let lines = try String(contentsOf: output, encoding: .utf8).split(separator: "\n").map(String.init)
                    if isDone(lines) { return lines }
                    await Task.yield()
                }
                throw FixtureError("not seen within 30 s")
            }
            _ = try await lines { $0.contains { $0.contains("\"event\":\"gateway\"") } }
            let sale = try await store.request(.POST, "/v1/sales?wait=printed", Store.sale()).sale()
            let link = try #require(sale.registration.serviceURL)
            let seen = try await lines { $0.contains { $0.contains("\"print\"") && $0.contains("\"printed\"") } }
            for line in seen { #expect(throws: Never.self) { _ = try JSONParser.parse(Array(line.utf8)) } }
            #expect(seen.contains { $0.contains("\"event\":\"sale\"") && $0.contains("TEST-ES-0002") })
            #expect(!seen.contains { $0.contains(link) })
            #expect(await gateway.stop() == 0)
        }
    }
}
