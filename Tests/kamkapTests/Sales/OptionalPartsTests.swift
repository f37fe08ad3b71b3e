import Foundation
import GatewayAPI
import NIOHTTP1
import Simulators
import Testing

/// What a receipt can spare never means that there is none.
@Suite(.timeLimit(.minutes(2))) struct OptionalPartsTests {
    private func lacking(_ store: Store) throws {
        let text = try String(contentsOf: store.configuration, encoding: .utf8)
            .replacingOccurrences(of: "[store]", with: "[store]\nlogo = \"no-logo.png\"")
        try Data(text.utf8).write(to: store.configuration)
    }

    @Test("without its logo, a fallback font and room for the link there is a receipt, on paper and as a picture")
    func receipt() async throws {
        let receipt = "fallback_fonts = [\"No Such Font\"]\nfont = \"No Such Font Either\""
        try await Store.open(receipt: receipt, printer: "paper = \"58mm\"") { store in
            try lacking(store)
            let link = "https://app.example/" + String(repeating: "k", count: 400)
            await store.slime.inject(.init(.serviceURL(link), times: 1))
            let gateway = try await RunningGateway.start(in: store)
            let sale = try await store.request(.POST, "/v1/sales?wait=printed&timeout=30s", Store.sale()).sale()
            #expect(sale.prints.map(\.state) == ["printed"])
            #expect(sale.prints.first?.withQR == false)
            #expect(sale.prints.first?.error?.contains("420 bytes") == true)
            for form in ["png", "pdf", "escpos"] {
                #expect(try await store.request(.GET, "/v1/sales/TEST-ES-0002/receipt.\(form)").status == 200)
            }
            let shown = try await store.command("show", "TEST-ES-0002")
            #expect(shown.output.contains("printed without QR"))
            #expect(shown.output.contains("420 bytes"))
            #expect(await gateway.stop() == 0)
            let log = try gateway.logged()
            for key in ["store.logo", "receipt.font", "receipt.fallback_fonts"] {
                #expect(log.contains("papers lack a part config.key=\(key)"))
            }
            #expect(!log.contains("kkkk"))
        }
    }

    @Test("the check refuses what papers would lack, also the link of the provider's usual length")
    func check() async throws {
        try await Store.open(receipt: "fallback_fonts = [\"No Such Font\"]", printer: "dots = 256") { store in
            try lacking(store)
            let text = try String(contentsOf: store.configuration, encoding: .utf8)
            let endpoint = try await store.slime.endpoint()
            // Nobody listens there, and its links are as long as Slime's own.
            let usual = "https://app.thai-document.invalid:1/projects/1234567890/api"
            try Data(text.replacingOccurrences(of: endpoint, with: usual).utf8).write(to: store.configuration)
            let outcome = try await Binary.run(["check", "--config", store.configuration.path])
            #expect(outcome.status == 78)
            let faults = outcome.output.split(separator: "\n").filter { $0.hasPrefix("fault") }
            for words in ["store.logo", "receipt.fallback_fonts", "printers[0].dots: front prints 256 dots"] {
                #expect(faults.contains { $0.contains(words) }, "\(outcome.output)")
            }
        }
    }

    @Test("a preview says what it lacks") func preview() async throws {
        try await Store.open { store in
            let picture = store.folder.appendingPathComponent("receipt.png")
            let sale = Store.sale().replacingOccurrences(of: "ข้าวโพดปิ้ง", with: "ข้าวโพดปิ้ง \u{10FFFD}")
            let outcome = try await store.command(
                "preview", "-", "--dots", "384", "--url", "https://app.example/" + String(repeating: "k", count: 400),
                "--output", picture.path, input: sale)
            #expect(outcome.status == 0)
            #expect(outcome.complaints.contains("no QR: the link of 420 bytes"))
            #expect(outcome.complaints.contains("U+10FFFD"))
        }
    }
}
