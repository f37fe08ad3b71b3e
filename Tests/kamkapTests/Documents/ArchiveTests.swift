import Foundation
import GatewayAPI
import JSON
import NIOHTTP1
import Simulators
import Testing

/// Documents that are followed and archived, through the real program.
@Suite(.timeLimit(.minutes(3))) struct ArchiveTests {
    /// At the end of the configuration.
    private static let archiving = "[documents]\npoll = \"10s\"\narchive = \"documents\""

    private func archived(in store: Store) throws -> [String: Data] {
        let folder = store.folder.appendingPathComponent("documents")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
            $0.contains(".") && $0 != ".kamkap-archive"
        }
        return try Dictionary(
            uniqueKeysWithValues: paths.map { ($0, try Data(contentsOf: folder.appendingPathComponent($0))) })
    }

    private func mode(_ path: String, in store: Store) throws -> Int? {
        let path = store.folder.appendingPathComponent(path).path
        return try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test(
        "a document that a customer has made is in the archive without anybody asking, and comes from there afterwards")
    func life() async throws {
        try await Store.open(printer: Self.archiving) { store in
            try await store.holdDocuments()
            let first = try await RunningGateway.start(in: store)
            var events = try await EventFollower(store)
            try await store.register("A")
            let made = try await store.slime.customerMakesDocument(of: "A")
            await store.slime.otherStoreMakesDocuments(3)
            await store.slime.finishDocuments()
            for archived in [false, true] {
                let event = try await events.next { $0.name == "document" }
                #expect(event.text("transaction_id") == "A" && event.text("id") == made.id)
                #expect(event.data["archived"] == .bool(archived))
            }
            let shown = try #require(try await store.request(.GET, "/v1/sales/A").sale().documents.first)
            #expect(shown.id == made.id && shown.archived && shown.pdfSize == made.pdfSize)
            #expect(try await store.documents(of: "A").map(\.archived) == [true])
            let files = try archived(in: store)
            #expect(Set(files.values.map(\.count)) == [made.pdfSize, made.xmlSize])
            let pdf = try #require(files.keys.first { $0.hasSuffix("/\(made.id).pdf") })
            #expect(pdf.wholeMatch(of: /20\d\d\/\d\d\/[^\/]+/) != nil)
            #expect(try mode("documents", in: store) == 0o700)
            #expect(try mode("documents/\(pdf)", in: store) == 0o600)
            await first.kill()

            let second = try await RunningGateway.start(in: store)
            // Slime hands out nothing any more, and nobody notices.
            await store.slime.inject(.init(.unavailable(status: 503)))
            for (name, size) in [("\(made.id).pdf", made.pdfSize), ("latest.xml", made.xmlSize)] {
                let file = try await store.request(.GET, "/v1/sales/A/documents/\(name)")
                #expect(file.status == 200 && file.body.count == size, "\(name)")
            }
            let metrics = String(decoding: try await store.request(.GET, "/metrics").body, as: UTF8.self)
            #expect(metrics.contains("kamkap_documents_passed_over 3\n"))
            #expect(metrics.contains("kamkap_documents_unarchived 0\n"))
            let shownText = try await store.command("show", "A")
            #expect(shownText.output.contains(made.id), "\(shownText)")
            let said = try first.logged() + second.logged() + metrics + events.received
            for secret in ["/files/", "Alabibi", "1111111111119", store.secret] {
                #expect(!said.contains(secret), "\(secret) in: \(said)")
            }
            #expect(await second.stop() == 0)
        }
    }

    @Test("without following, the stream is not asked, and goes on once that is switched on")
    func switchedOff() async throws {
        try await Store.open(printer: "[documents]\nfollow = false\npoll = \"10s\"\narchive = \"documents\"") { store in
            try await store.holdDocuments()
            let first = try await RunningGateway.start(in: store)
            try await store.register("A")
            let made = try await store.slime.customerMakesDocument(of: "A")
            await store.slime.finishDocuments()
            #expect(try await store.documents(of: "A").map(\.id) == [made.id])
            #expect(try await store.request(.GET, "/v1/sales/A").sale().documents.isEmpty)
            #expect(await first.stop() == 0)
            #expect(try !first.logged().contains("stream"))

            var text = try String(contentsOf: store.configuration, encoding: .utf8)
            text = text.replacing("follow = false", with: "follow = true")
            try Data(text.utf8).write(to: store.configuration)
            let second = try await RunningGateway.start(in: store)
            while try await store.request(.GET, "/v1/sales/A").sale().documents.first?.archived != true {
                await Task.yield()
            }
            #expect(try archived(in: store).count == 2)
            #expect(await second.stop() == 0)
        }
    }

    @Test("a document is not printed where there is no printer for documents")
    func noPrinter() async throws {
        try await Store.open(printer: Self.archiving) { store in
            let gateway = try await RunningGateway.start(in: store)
            try await store.register("A")
            let answer = try await store.request(.POST, "/v1/sales/A/documents/latest/print", key: "k")
            #expect(answer.status == 409)
            #expect(try answer.problem().detail.contains("documents.printer"))
            let command = try await store.command("documents", "A", "--print")
            #expect(command.status == 65 && command.complaints.contains("documents.printer"), "\(command)")
            #expect(await gateway.stop() == 0)
        }
    }
}
