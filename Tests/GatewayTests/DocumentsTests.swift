import Archive
import Foundation
import Gateway
import Jobs
import Monitoring
import Outbox
import RemoteServices
import Runtime
import Sales
import Simulators
import TestRuntime
import Testing

/// The provider's documents from the simulator's stream to the archive's files.
@Suite(.timeLimit(.minutes(5))) struct DocumentsTests {
    private static let silent = #","receipt":{"print":false}"#

    private func withArchive(_ body: (URL, FolderArchive) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kamkap-archive-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder, FolderArchive(folder: folder.path, reserve: 0))
    }

    /// A worker of its own, which is cancelled in whatever it does once `body` returns.
    private func work<Value: Sendable>(
        _ shop: Shop, _ tasks: DocumentTasks, log: LogCollector = LogCollector(),
        _ body: () async throws -> Value
    ) async throws -> Value {
        let worker = JobWorker(
            settings: JobWorkerSettings(concurrency: 4, documents: tasks), outbox: shop.outbox,
            service: shop.sales.providers.current, context: LoopContext(clock: shop.time.clock, logger: log.logger()))
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await worker.run() }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    /// Time passes from one waking to the next until it is so; each commit is a reason to look.
    private func until(_ shop: Shop, _ isSo: () async throws -> Bool) async throws {
        let ticks = shop.outbox.changes.ticks()
        try await shop.time.turning {
            if try await isSo() { return }
            for await _ in ticks where try await isSo() { return }
        }
    }

    private func register(_ ids: [String], at shop: Shop) async throws {
        for id in ids { try await shop.sell(id, extra: Self.silent) }
        try await until(shop) { try await shop.outbox.pendingCount(of: .slime, atMost: 1) == 0 }
    }

    private func known(_ ids: [String], at shop: Shop) async throws -> [DocumentRecord] {
        var found: [DocumentRecord] = []
        for id in ids { found += try await shop.sales.sale(#require(TransactionID(id))).record.documents }
        return found
    }

    private func files(in folder: URL) throws -> [String] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return names.filter { $0.contains(".") && $0 != ".kamkap-archive" }.map { URL(filePath: $0).lastPathComponent }
            .sorted()
    }

    @Test("10,000 documents are followed through kills, a stale token and other stores' documents, each known once")
    func tenThousand() async throws {
        try await Shop.open(.nobody) { shop in
            var rules = SlimeSimulator.DocumentRules()
            (rules.delay, rules.pdfSize, rules.xmlSize) = (nil, 0, 0)
            try await shop.slime.setDocumentRules(rules)
            let ids = (1...100).map { "S-\($0)" }
            let tasks = DocumentTasks()
            try await work(shop, tasks) { try await register(ids, at: shop) }
            for id in ids {
                for _ in 1...100 { try await shop.slime.customerMakesDocument(of: id) }
                await shop.slime.otherStoreMakesDocuments(5)
            }
            await shop.slime.finishDocuments()
            for share in [1_000, 4_000, 7_000] {
                try await work(shop, tasks) {
                    try await until(shop) { try await known(ids, at: shop).count > share }
                }
                await shop.slime.expireContinuationTokens()
            }
            try await work(shop, tasks) {
                try await until(shop) { try await known(ids, at: shop).count == 10_000 }
            }
            let found = try await known(ids, at: shop)
            #expect(Set(found.map(\.id)).count == 10_000)
            #expect(try await shop.outbox.figures().documents.passedOver >= 500)
            let metrics = await shop.metrics.text()
            #expect(metrics.contains(#"kamkap_documents_total{state="known"} 10000"#))
        }
    }

    @Test("every document that a customer makes is in the archive once, whole, whatever was killed")
    func archived() async throws {
        try await withArchive { folder, archive in
            try await Shop.open(.nobody) { shop in
                let ids = (1...10).map { "S-\($0)" }
                let log = LogCollector()
                let tasks = DocumentTasks(archive: archive)
                try await work(shop, tasks, log: log) { try await register(ids, at: shop) }
                for id in ids { for _ in 1...3 { try await shop.slime.customerMakesDocument(of: id) } }
                await shop.slime.finishDocuments()
                for share in [5, 20, 40] {
                    // The folder says how far it is: a kill may come between a file and its record.
                    try await work(shop, tasks, log: log) {
                        try await until(shop) { try files(in: folder).count { !$0.hasPrefix(".") } >= share }
                    }
                }
                try await work(shop, tasks, log: log) {
                    try await until(shop) { try await known(ids, at: shop).count { $0.isArchived } == 30 }
                }
                let documents = await shop.slime.documents()
                let wanted = documents.flatMap { ["\($0.id).pdf", "\($0.id).xml"] }.sorted()
                #expect(try files(in: folder).filter { !$0.hasPrefix(".") } == wanted)
                for document in documents {
                    for (form, size) in [("pdf", document.pdfSize), ("xml", document.xmlSize)] {
                        let path = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
                            .first { $0.hasSuffix("/\(document.id).\(form)") }
                        let bytes = try Data(contentsOf: folder.appending(path: try #require(path)))
                        #expect(bytes.count == size)
                    }
                }
                // Neither a location nor a token is written down.
                #expect(
                    !log.lines.contains { $0.contains("eyJ") || $0.contains("/files/") || $0.contains("http://127") })
                #expect(!log.lines.contains { $0.hasPrefix("error") }, "\(log.lines.filter { $0.hasPrefix("error") })")
            }
        }
    }

    /// What may be wrong with a file on its way.
    static let faults: [SlimeSimulator.Fault.Kind] = [
        .file(.html), .file(.cut), .file(.lost), .file(.status(404)), .file(.status(503)), .file(.size(10)),
        .file(.redirect("file:///etc/passwd")), .exception(code: "NotReady"), .exception(code: "NotFound"),
        .unavailable(status: 503), .unavailable(status: 429, retryAfter: .seconds(30)), .garbage,
    ]

    @Test(
        "whatever is wrong with a file, nothing of it stands in the archive, and the true one does in the end",
        arguments: faults)
    func faulty(fault: SlimeSimulator.Fault.Kind) async throws {
        try await withArchive { folder, archive in
            try await Shop.open(.jobWorker, documents: DocumentTasks(archive: archive)) { shop in
                try await register(["A"], at: shop)
                await shop.slime.inject(.init(fault, subject: "trading-document/download-pdf", times: 3))
                try await shop.slime.customerMakesDocument(of: "A")
                await shop.slime.finishDocuments()
                try await until(shop) { try await known(["A"], at: shop).first?.isArchived == true }
                let document = try #require(await shop.slime.documents().first)
                #expect(try files(in: folder) == ["\(document.id).pdf", "\(document.id).xml"])
                #expect(archive.trouble == nil)
                let id = try await shop.sell("B", extra: Self.silent)
                #expect(try await shop.sale(id) { $0.registrationState == .ready }.record.registration.attempts == 1)
            }
        }
    }

    @Test(
        "an archive folder that is gone stops neither sales nor the stream; an alarm says so, and it all comes when it is back"
    )
    func folderGone() async throws {
        try await withArchive { folder, _ in
            // It was used before.
            let id = UUID().uuidString
            try Data(id.utf8).write(to: folder.appending(path: ".kamkap-archive"))
            let archive = FolderArchive(folder: folder.path, reserve: 0, memory: ArchiveMemory(id: id) { _ in })
            try await Shop.open(.jobWorker, documents: DocumentTasks(archive: archive)) { shop in
                try await register(["A"], at: shop)
                let away = folder.appendingPathExtension("away")
                try FileManager.default.moveItem(at: folder, to: away)
                try await shop.slime.customerMakesDocument(of: "A")
                await shop.slime.finishDocuments()
                try await until(shop) { try await known(["A"], at: shop).count == 1 && archive.trouble != nil }
                let alarms = await shop.alarms()
                #expect(alarms.map(\.code) == [.archiveUnwritable])
                #expect(alarms.first?.text.contains(folder.path) == true)
                let id = try await shop.sell("B", extra: Self.silent)
                #expect(try await shop.sale(id) { $0.registrationState == .ready }.record.registration.attempts == 1)
                try FileManager.default.moveItem(at: away, to: folder)
                try await until(shop) { try await known(["A"], at: shop).first?.isArchived == true }
                #expect(try files(in: folder).count == 2)
                #expect(await shop.alarms().isEmpty)
            }
        }
    }

    @Test("a document is an event when it becomes known and when it is archived, and neither has a link or a buyer")
    func events() async throws {
        try await withArchive { _, archive in
            try await Shop.open(.jobWorker, documents: DocumentTasks(archive: archive)) { shop in
                try await register(["A"], at: shop)
                let (reader, _) = try #require(shop.publisher.reader())
                try await shop.slime.customerMakesDocument(of: "A")
                await shop.slime.finishDocuments()
                var told: [GatewayEvent.Document] = []
                try await shop.time.turning {
                    for await case .event(_, .document(let event)) in reader {
                        told.append(event)
                        if event.document.isArchived { break }
                    }
                }
                #expect(told.map(\.document.isArchived) == [false, true])
                #expect(told.allSatisfy { $0.id.text == "A" && $0.document.sequence == 1 })
            }
        }
    }
}
