import Foundation
import GatewayAPI
import NIOHTTP1
import Simulators
import Testing

@Suite(.timeLimit(.minutes(2))) struct PrinterTests {
    @Test("staff see what each printer says, and can have a test page and the drawer")
    func printers() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            let ready = try await store.command("printers")
            #expect(ready.status == 0)
            #expect(ready.output.contains("front"))
            #expect(ready.output.contains("ready"))
            let page = try await store.command("test-print", "front")
            #expect(page.status == 0, "\(page.complaints)")
            #expect(await store.printer.papers().map(\.cut) == [.full, .partial], "both cuts are shown")
            #expect(try await store.request(.POST, "/v1/printers/front/drawer").status == 200)
            try await store.printer.waitForBytes(atLeast: 1)
            await store.printer.set(.paperOut)
            let empty = try await store.command("printers", "--json")
            #expect(empty.output.contains("\"state\":\"unable\""))
            let unknown = try await store.command("test-print", "attic")
            #expect(unknown.status == 65)
            #expect(unknown.complaints.contains("front"))
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a print that waits can be cancelled, and staff can still have the original")
    func cancel() async throws {
        try await Store.open { store in
            await store.printer.set(.coverOpen)
            let gateway = try await RunningGateway.start(in: store)
            #expect(try await store.request(.POST, "/v1/sales?wait=registered", Store.sale()).status == 201)
            // The printer is not being sent anything while its cover is open, so the print is queued between two tries.
            var cancelled = try await store.request(.DELETE, "/v1/sales/TEST-ES-0002/prints/1")
            let deadline = ContinuousClock.now + .seconds(30)
            while cancelled.status == 409, ContinuousClock.now < deadline {
                cancelled = try await store.request(.DELETE, "/v1/sales/TEST-ES-0002/prints/1")
            }
            #expect(cancelled.status == 200)
            #expect(try await store.request(.DELETE, "/v1/sales/TEST-ES-0002/prints/1").status == 409)
            #expect(try await store.request(.DELETE, "/v1/sales/TEST-ES-0002/prints/9").status == 404)
            await store.printer.set(.ready)
            #expect(try await store.command("reprint", "TEST-ES-0002").status == 0)
            _ = try await store.printer.paper(atLeast: 1)
            let sale = try await store.request(.POST, "/v1/sales?wait=printed", Store.sale()).sale()
            #expect(sale.prints.map(\.mark) == ["none"])
            #expect(sale.prints.map(\.state) == ["printed"])
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a sale whose paper stands still in the middle shows why, until it goes on")
    func heldUp() async throws {
        try await Store.open { store in
            await store.printer.inject(.paperOutAfter(rows: 200))
            let gateway = try await RunningGateway.start(in: store)
            #expect(try await store.request(.POST, "/v1/sales", Store.sale()).status == 201)
            let deadline = ContinuousClock.now + .seconds(30)
            var print: PrintResource?
            while print?.error == nil, ContinuousClock.now < deadline {
                print = try await store.request(.GET, "/v1/sales/TEST-ES-0002").sale().prints.first
            }
            #expect(print?.state == "printing")
            #expect(print?.error?.contains("out of paper") == true)
            let shown = try await store.command("show", "TEST-ES-0002")
            #expect(shown.output.contains("on front: printing (Printer front is out of paper"))
            await store.printer.set(.ready)
            let sale = try await store.request(.POST, "/v1/sales?wait=printed", Store.sale()).sale()
            #expect(sale.prints.map(\.state) == ["printed"])
            #expect(sale.prints.map(\.error) == [nil])
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a printer is told to cut only what its profile has", arguments: ["generic", "epson-tm", "clone-58"])
    func profile(name: String) async throws {
        try await Store.open(printer: "profile = \"\(name)\"\ncut = \"full\"") { store in
            let gateway = try await RunningGateway.start(in: store)
            let page = try await store.command("test-print", "front")
            #expect(page.status == 0, "\(page.complaints)")
            let cuts: [VirtualPrinter.CutKind] =
                switch name {
                case "generic": [.partial, .full]
                case "epson-tm": [.partial]
                default: []
                }
            #expect(await store.printer.papers().map(\.cut) == cuts)
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("what would be printed can be had as PNG, PDF and bytes, marked as a copy once the original is out")
    func looks() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            let sale = try await store.request(.POST, "/v1/sales?wait=printed", Store.sale()).sale()
            let png = try await store.request(.GET, "/v1/sales/TEST-ES-0002/receipt.png")
            #expect(try await readQR(png.body) == sale.registration.serviceURL)
            let pdf = try await store.request(.GET, "/v1/sales/TEST-ES-0002/receipt.pdf")
            let file = store.folder.appendingPathComponent("receipt.pdf")
            try Data(pdf.body).write(to: file)
            let text = try await Binary.run(
                ["-raw", file.path, "-"], at: URL(fileURLWithPath: "/usr/bin/pdftotext"))
            #expect(text.output.contains("412.60"))
            #expect(text.output.contains("COPY 1"))
            let bytes = try await store.request(.GET, "/v1/sales/TEST-ES-0002/receipt.escpos")
            #expect(bytes.body.starts(with: [0x1B, 0x40]))
            #expect(try await store.request(.GET, "/v1/sales/nobody/receipt.png").status == 404)
            #expect(await gateway.stop() == 0)
        }
    }
}
