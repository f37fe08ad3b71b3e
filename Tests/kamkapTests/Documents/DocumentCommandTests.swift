import Foundation
import GatewayAPI
import JSON
import NIOHTTP1
import Simulators
import Testing

@Suite(.timeLimit(.minutes(2))) struct DocumentCommandTests {
    @Test("kamkap documents lists, and saves what is made; what is not made yet ends it with 69")
    func documents() async throws {
        try await Store.open { store in
            try await store.holdDocuments()
            let gateway = try await RunningGateway.start(in: store)
            try await store.register("A")
            #expect(try await store.command("documents", "A").output == "no documents\n")
            let made = try await store.slime.customerMakesDocument(of: "A")
            let early = try await store.command("documents", "A")
            #expect(early.status == 0 && early.output.contains(made.id) && early.output.contains("not yet"))
            let pdf = store.folder.appendingPathComponent("invoice.pdf").path
            let pending = try await store.command("documents", "A", "--pdf", pdf)
            #expect(pending.status == 69 && pending.complaints.contains("Not made yet"), "\(pending.complaints)")
            #expect(!FileManager.default.fileExists(atPath: pdf))
            await store.slime.finishDocuments()

            let saved = try await store.command("documents", "A", "--pdf", pdf)
            #expect(saved.status == 0 && saved.output == pdf + "\n")
            #expect(try Data(contentsOf: URL(fileURLWithPath: pdf)).count == made.pdfSize)
            let xml = try await store.command("documents", "A", "--document", made.id, "--xml", "-")
            #expect(xml.status == 0 && xml.output.hasPrefix("<?xml") && xml.output.utf8.count == made.xmlSize)
            let json = try await store.command("documents", "A", "--json")
            let list = try DocumentList(json: JSONParser.parse(Array(json.output.utf8)))
            #expect(list.documents.map(\.id) == [made.id])

            #expect(try await store.command("documents", "none").status == 65)
            #expect(try await store.command("documents", "A", "--document", "none", "--pdf", pdf).status == 65)
            #expect(try await store.command("documents", "A", "--pdf", "/proc/none/x.pdf").status == 71)
            #expect(await gateway.stop() == 0)
        }
    }

    /// A second printer, for documents, at a print server that is not there.
    private static let office = """
        [[printers]]
        name = "office"
        device = "cups://office?server=127.0.0.1:9"
        [documents]
        follow = false
        printer = "office"
        """

    @Test("kamkap documents --print queues it once and says so, as JSON too; a queued one can be taken back")
    func printed() async throws {
        try await Store.open(printer: Self.office) { store in
            let gateway = try await RunningGateway.start(in: store)
            try await store.register("A")
            let made = try await store.slime.customerMakesDocument(of: "A")
            await store.slime.finishDocuments()
            let asked = try await store.command("documents", "A", "--print", "--json")
            #expect(asked.status == 0, "\(asked.complaints)")
            let print = try DocumentPrintResource(json: JSONParser.parse(Array(asked.output.utf8)))
            #expect((print.id, print.documentID, print.printer, print.state) == (1, made.id, "office", "queued"))
            let again = try await store.command("documents", "A", "--print")
            #expect(again.output.hasPrefix("\(made.id) on office: queued"), "\(again.output)")
            let path = "/v1/sales/A/documents/\(made.id)/print"
            let cancelled = try await store.request(.DELETE, path)
            #expect(cancelled.status == 200)
            #expect(try DocumentPrintResource(json: JSONParser.parse(cancelled.body)).state == "cancelled")
            #expect(try await store.request(.DELETE, path).status == 409)
            #expect(try await store.request(.DELETE, "/v1/sales/none/documents/latest/print").status == 404)
            let list = try DocumentList(
                json: JSONParser.parse(try await store.request(.GET, "/v1/sales/A/documents").body))
            #expect(list.prints.map(\.state) == ["cancelled"])
            // Its registration is not over yet.
            await store.slime.inject(.init(.unavailable(status: 503)))
            #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("P")).status == 201)
            let early = try await store.request(.POST, "/v1/sales/P/documents/latest/print")
            #expect(early.status == 503 && early.headers.first(name: "Retry-After") == "10")
            #expect(try early.problem().title == "Not made yet")
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a refused file leaves the one that was saved before as it was")
    func refusedFile() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            try await store.register("A")
            try await store.slime.customerMakesDocument(of: "A")
            await store.slime.finishDocuments()
            let file = store.folder.appendingPathComponent("invoice.pdf")
            try Data("kept".utf8).write(to: file)
            await store.slime.inject(.init(.file(.html), times: 1))
            let refused = try await store.command("documents", "A", "--pdf", file.path)
            #expect(refused.status == 69 && refused.complaints.contains("it is no PDF"), "\(refused.complaints)")
            #expect(try Data(contentsOf: file) == Data("kept".utf8))
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("kamkap documents --tag lists what carries it, and shows no link")
    func byTag() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            try await store.register("A")
            #expect(try await store.request(.PUT, "/v1/sales/A/tags", #"{"tags":["order:314159"]}"#).status == 200)
            let made = try await store.slime.customerMakesDocument(of: "A")
            await store.slime.finishDocuments()
            let listed = try await store.command("documents", "--tag", "order:314159")
            #expect(listed.status == 0)
            for word in ["A ", made.id, "412.60", "order:314159"] {
                #expect(listed.output.contains(word), "\(listed.output)")
            }
            let json = try await store.command("documents", "--tag", "order:314159", "--json")
            #expect(!json.output.contains("http") && !listed.output.contains("http"))
            #expect(try await store.command("documents", "--tag", "nobody's").output == "no transactions\n")
            #expect(await gateway.stop() == 0)
        }
    }

    @Test(
        "what makes no sense together is refused before anything is asked",
        arguments: [
            [], ["A", "--tag", "b"], ["--tag", "b", "--pdf", "x"], ["A", "--json", "--xml", "x"],
            ["A", "--document", "d"], ["--tag", "b", "--print"], ["A", "--print", "--pdf", "x", "--json"],
        ])
    func usage(arguments: [String]) async throws {
        let outcome = try await Binary.run(["documents"] + arguments, environment: ["KAMKAP_SOCKET": "/nowhere"])
        #expect(outcome.status == 64, "\(outcome.complaints)")
    }
}
