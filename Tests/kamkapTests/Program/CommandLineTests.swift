import Foundation
import Testing

@Suite(.timeLimit(.minutes(2))) struct CommandLineTests {
    @Test("staff see a sale without its link, unless they ask for it")
    func show() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            let file = store.folder.appendingPathComponent("sale.json")
            try Data(Store.sale().utf8).write(to: file)
            let submitted = try await store.command("submit", file.path, "--wait", "printed")
            #expect(submitted.status == 0)
            #expect(submitted.output.contains("printed with QR, confirmed by process-id"))
            for arguments in [
                ["show", "TEST-ES-0002"], ["show", "TEST-ES-0002", "--json"], ["sales"], ["sales", "--json"],
            ] {
                let plain = try await Binary.run(arguments, environment: ["KAMKAP_SOCKET": store.socket])
                #expect(plain.status == 0)
                #expect(plain.output.contains("412.60"))
                #expect(!plain.output.contains("trading-document-interface"))
                let open = try await Binary.run(
                    arguments + ["--show-url"], environment: ["KAMKAP_SOCKET": store.socket])
                #expect(open.output.contains("trading-document-interface"))
            }
            let piped = try await store.command("submit", "-", input: Store.sale())
            #expect(piped.status == 0)
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("refusals name the fault and have their exit codes")
    func refusals() async throws {
        try await Store.open { store in
            let begun = ContinuousClock.now
            let alone = try await store.command("show", "A")
            #expect(ContinuousClock.now - begun < .seconds(5))
            #expect(alone.status == 69)
            #expect(alone.complaints.contains("no gateway answers on \(store.socket)"))
            let gateway = try await RunningGateway.start(in: store)
            let unknown = try await store.command("show", "A")
            #expect(unknown.status == 65)
            let bad = try await store.command("submit", "-", input: Store.sale(corn: "8"))
            #expect(bad.status == 65)
            #expect(bad.complaints.contains("/document/line_items/0/quantity"))
            #expect(try await store.command("submit").status == 64)
            #expect(try await store.command("nonsense").status == 64)
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a configuration's faults are named with key and line, and the gateway does not start")
    func badConfiguration() async throws {
        try await Store.open { store in
            let text = try String(contentsOf: store.configuration, encoding: .utf8)
            let faulty =
                text.replacingOccurrences(of: "0105561000003", with: "0105561000004")
                .replacingOccurrences(of: "[receipt]", with: "[receipt]\nera = 7\ncolour = \"red\"")
            try Data(faulty.utf8).write(to: store.configuration)
            for command in ["serve", "check"] {
                let outcome = try await Binary.run([command, "--config", store.configuration.path])
                #expect(outcome.status == 78)
                for words in ["line 3: store.tax_id", "receipt.era", "receipt.colour: unknown key"] {
                    #expect(outcome.complaints.contains(words))
                }
            }
            try Data(text.replacingOccurrences(of: "tcp://", with: "pigeon://").utf8).write(to: store.configuration)
            let device = try await Binary.run(["serve", "--config", store.configuration.path])
            #expect(device.status == 78)
            #expect(device.complaints.contains("printers[0].device"))
            let missing = try await Binary.run(["serve", "--config", "/nowhere/kamkap.toml"])
            #expect(missing.status == 78)
        }
    }

    @Test("a preview draws the receipt without a gateway, and its QR can be read")
    func preview() async throws {
        try await Store.open { store in
            let picture = store.folder.appendingPathComponent("receipt.png")
            let outcome = try await store.command(
                "preview", "-", "--url", "https://app.example/claim/1", "--output", picture.path, input: Store.sale())
            #expect(outcome.status == 0)
            #expect(try await readQR(Array(try Data(contentsOf: picture))) == "https://app.example/claim/1")
            let bad = try await store.command("preview", "-", input: Store.sale(corn: "8"))
            #expect(bad.status == 65)
            #expect(bad.complaints.contains("/document/line_items/0/quantity"))
        }
    }

    @Test("the sandbox's demo registers and prints its sales, and leaves their receipts")
    func demo() async throws {
        try await Store.open { store in
            let folder = store.folder.appendingPathComponent("sandbox")
            let outcome = try await Binary.run(["sandbox", "--directory", folder.path, "--demo"])
            #expect(outcome.status == 0, "\(outcome.complaints)")
            #expect(outcome.output.contains("total 412.60, VAT 12.60"))
            let receipts = try FileManager.default.contentsOfDirectory(
                atPath: folder.appendingPathComponent("receipts").path)
            #expect(receipts.sorted() == ["0001.png", "0002.png", "0003.png"])
            for receipt in receipts {
                let png = try Data(contentsOf: folder.appendingPathComponent("receipts/\(receipt)"))
                #expect(try await readQR(Array(png)).contains("/trading-document-interface/"))
            }
        }
    }
}
