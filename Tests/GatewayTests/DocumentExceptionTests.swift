import Archive
import Foundation
import Gateway
import Jobs
import Outbox
import Sales
import Simulators
import Slime
import TestRuntime
import Testing

/// Every exception code of the API page, and one that is not on it, at each call that registers no sale: what becomes of what
/// was asked for, of a sale that comes meanwhile, and of the service as a whole.
@Suite(.timeLimit(.minutes(1))) struct DocumentExceptionTests {
    private static let codes = SlimeException.Code.documented.map(\.text) + ["Moon::Full"]

    /// What is said of a document that is still made.
    private static let waiting = ["NotReady", "DocumentPending"]
    /// Calls that jobs make.
    private static let ofJobs = [
        "trading-document/stream-generated", "trading-document/download-pdf", "trading-document/download-xml",
    ]

    @Test(
        "whatever the stream or a file is refused with, the next sale goes out at once, and the document comes in the end",
        arguments: ofJobs)
    func followed(subject: String) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kamkap-refused-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let tasks = DocumentTasks(archive: FolderArchive(folder: folder.path, reserve: 0))
        try await open(tasks) { shop in
            for (number, code) in Self.codes.enumerated() {
                let first = try await register("A-\(number)", at: shop)
                await shop.slime.inject(.init(.exception(code: code, message: "quoted"), subject: subject, times: 2))
                _ = try await shop.slime.customerMakesDocument(of: first.text)
                try await shop.time.turning {
                    while await !shop.slime.activeFaults.isEmpty { await Task.yield() }
                }
                let next = try await register("B-\(number)", at: shop)
                #expect(try await shop.sales.sale(next).record.registration.attempts == 1, "\(code)")
                #expect(try await shop.outbox.account(of: .slime) == .up, "\(code)")
                let kept = try await shop.time.turning {
                    try await shop.sale(first) { $0.record.documents.first?.isArchived == true }
                }
                #expect(kept.record.documents.count == 1, "\(code)")
            }
        }
    }

    private func open(_ tasks: DocumentTasks? = nil, _ body: (Shop) async throws -> Void) async throws {
        try await Shop.open(.jobWorker, documents: tasks) { shop in
            var rules = await shop.slime.currentDocumentRules
            rules.delay = .zero
            try await shop.slime.setDocumentRules(rules)
            try await body(shop)
        }
    }

    private func register(_ id: String, at shop: Shop) async throws -> TransactionID {
        let id = try await shop.sell(id, extra: #","receipt":{"print":false}"#)
        _ = try await shop.sale(id) { $0.registrationState == .ready }
        return id
    }

    /// Calls that somebody waits for.
    enum Question: String, CaseIterable {
        case latest = "trading-transaction/latest-pdf"
        case document = "trading-document/show"
        case list = "trading-document/list-by-transaction"
        case tagged = "trading-transaction/list-by-tag"
        case tags = "trading-transaction/set-tags"
        case transaction = "trading-transaction/show"

        func ask(_ shop: Shop, _ id: TransactionID) async throws(OperationError) {
            let gateway = shop.gateway
            switch self {
            case .latest: _ = try await gateway.documents.file(.pdf, .latest, of: id)
            case .document:
                guard let document = DocumentID("\(id)D1") else { return }
                _ = try await gateway.documents.file(.pdf, .document(document), of: id)
            case .list: _ = try await gateway.documents.documents(of: id)
            case .tagged: _ = try await gateway.transactions.transactions(tagged: "order:1", including: nil)
            case .tags: try await gateway.transactions.setTags(["order:1"], of: id)
            case .transaction: _ = try await gateway.transactions.transaction(of: id)
            }
        }
    }

    @Test(
        "whatever a question is refused with, whoever asked hears it in words, no sale notices, and asking again works",
        arguments: Question.allCases)
    func asked(question: Question) async throws {
        try await open { shop in
            let id = try await register("FIRST", at: shop)
            _ = try await shop.slime.customerMakesDocument(of: "FIRST")
            for (number, code) in Self.codes.enumerated() {
                await shop.slime.inject(
                    .init(.exception(code: code, message: "quoted"), subject: question.rawValue))
                do throws(OperationError) {
                    try await question.ask(shop, id)
                    // Whatever is not there is no failure of a list.
                    #expect(code == "NotFound", "\(code) went unnoticed")
                } catch {
                    switch error {
                    case .unavailable(let words, _, _): #expect(words.contains(code))
                    case .notYet(let words, _): #expect(Self.waiting.contains(code) && !words.isEmpty)
                    case .notFound(let words): #expect(code == "NotFound" && !words.isEmpty)
                    default: Issue.record("\(code): \(error)")
                    }
                }
                await shop.slime.clearFaults()
                let next = try await register("B-\(number)", at: shop)
                #expect(try await shop.sales.sale(next).record.registration.attempts == 1, "\(code)")
                #expect(try await shop.outbox.account(of: .slime) == .up, "\(code)")
                try await question.ask(shop, id)
            }
        }
    }
}
