import Foundation
import Outbox
import RemoteServices
import Runtime
import Sales
import Simulators
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(1))) struct DocumentOperationsTests {
    /// What a store has itself: one document of one sale, and perhaps its PDF.
    private struct Kept: KeptDocuments {
        let document: ProvidedDocument
        var pdf: [UInt8]?

        func documents(of id: TransactionID) async throws(OutboxError) -> [DocumentView] {
            id.text == document.transactionID ? [DocumentView(document, isArchived: pdf != nil)] : []
        }

        func file(_ form: DocumentForm, of id: DocumentID) async -> [UInt8]? {
            form == .pdf && id == document.id ? pdf : nil
        }
    }

    private static let pdf = Array("%PDF-1.7 from the archive\n%%EOF\n".utf8)

    /// A registered sale, and one document of it at Slime.
    private func open(
        isReady: Bool = true, _ body: (Shop, TransactionID, SlimeSimulator.Document) async throws -> Void
    ) async throws {
        try await Shop.open(.jobWorker) { shop in
            var rules = await shop.slime.currentDocumentRules
            rules.delay = nil
            try await shop.slime.setDocumentRules(rules)
            let id = try await shop.sell("A")
            _ = try await shop.sale(id) { $0.registrationState == .ready }
            let document = try await shop.slime.customerMakesDocument(of: "A")
            if isReady { await shop.slime.finishDocuments() }
            try await body(shop, id, document)
        }
    }

    private func operations(_ shop: Shop, keeping kept: any KeptDocuments) -> DocumentOperations {
        DocumentOperations(
            asking: ProviderQuestions(outbox: shop.outbox, providers: shop.sales.providers), kept: kept, printer: nil,
            clock: .system)
    }

    private func kept(_ document: SlimeSimulator.Document, isReady: Bool = true, pdf: [UInt8]? = nil) throws -> Kept {
        Kept(
            document: ProvidedDocument(
                id: try #require(DocumentID(document.id)), transactionID: document.transactionID, sequence: 1,
                isReady: isReady), pdf: pdf)
    }

    private func refusal<Value>(_ work: () async throws(OperationError) -> Value) async -> OperationError? {
        do {
            _ = try await work()
            return nil
        } catch {
            return error
        }
    }

    @Test("what the store has itself is answered while the provider is away, and nothing else is")
    func archived() async throws {
        try await open { shop, id, document in
            let kept = try kept(document, pdf: Self.pdf)
            let documents = operations(shop, keeping: kept)
            await shop.slime.inject(.init(.unavailable(status: 503)))
            #expect(try await documents.documents(of: id) == [DocumentView(kept.document, isArchived: true)])
            #expect(try await documents.file(.pdf, .document(kept.document.id), of: id) == Self.pdf)
            #expect(try await documents.file(.pdf, .latest, of: id) == Self.pdf)
            let xml = await refusal { () throws(OperationError) in try await documents.file(.xml, .latest, of: id) }
            guard case .unavailable(let words, let pause, _)? = xml else {
                Issue.record("\(String(describing: xml))")
                return
            }
            #expect(words.contains("HTTP::503") && pause == .seconds(30))
        }
    }

    @Test("a document that a customer made a moment ago is listed and is the latest, before the stream tells of it")
    func newer() async throws {
        try await open { shop, id, first in
            let documents = operations(shop, keeping: try kept(first, pdf: Self.pdf))
            let second = try await shop.slime.customerMakesDocument(of: "A")
            #expect(try await documents.documents(of: id).map(\.document.isReady) == [true, false])
            #expect(try await documents.file(.pdf, .latest, of: id) == Self.pdf)
            await shop.slime.finishDocuments()
            let listed = try await documents.documents(of: id)
            #expect(
                listed.map(\.document.id.text) == [first.id, second.id] && listed.map(\.isArchived) == [true, false])
            #expect(try await documents.file(.pdf, .latest, of: id).count == second.pdfSize)
        }
    }

    @Test("a document of another sale is not handed out, even from the archive")
    func anothers() async throws {
        try await open { shop, _, document in
            let other = try await shop.sell("B")
            _ = try await shop.sale(other) { $0.registrationState == .ready }
            let kept = try kept(document, pdf: Self.pdf)
            let documents = operations(shop, keeping: kept)
            let refusal = await refusal { () throws(OperationError) in
                try await documents.file(.pdf, .document(kept.document.id), of: other)
            }
            #expect(refusal == .notFound("there is no document \(document.id) of the sale B"))
        }
    }

    @Test("what was not made when the store heard of it is asked for again")
    func madeMeanwhile() async throws {
        try await open(isReady: false) { shop, id, document in
            let kept = try kept(document, isReady: false)
            let documents = operations(shop, keeping: kept)
            let choice = DocumentOperations.Choice.document(kept.document.id)
            let early = await refusal { () throws(OperationError) in try await documents.file(.pdf, choice, of: id) }
            guard case .notYet(_, .seconds(10))? = early else {
                Issue.record("\(String(describing: early))")
                return
            }
            await shop.slime.finishDocuments()
            #expect(try await documents.file(.pdf, choice, of: id).count == document.pdfSize)
            #expect(try await documents.file(.pdf, .latest, of: id).count == document.pdfSize)
        }
    }

    @Test("four questions wait for the provider at once, and a fifth is sent away after a moment")
    func bounded() async throws {
        try await open { shop, id, _ in
            await shop.slime.inject(.init(.slow(.seconds(4)), subject: "trading-document/list-by-transaction"))
            let documents = shop.gateway.documents
            let refusals = try await withThrowingTaskGroup(of: OperationError?.self) { group in
                for _ in 0..<5 {
                    group.addTask {
                        await refusal { () throws(OperationError) in try await documents.documents(of: id) }
                    }
                }
                return try await group.reduce(into: [OperationError]()) { all, next in
                    if let next { all.append(next) }
                }
            }
            #expect(
                refusals == [
                    .unavailable("too many questions wait for Slime already; ask again", retryAfter: .seconds(1))
                ])
        }
    }

    @Test("a sale that another provider registered is not asked for here")
    func anotherProvider() async throws {
        try await Shop.open(.nobody) { shop in
            let id = try await shop.sell("A")
            let questions = ProviderQuestions(
                outbox: shop.outbox, providers: ProviderSet(OtherProvider(shop.sales.providers.current)))
            let refusal = await refusal { () throws(OperationError) in
                try await TransactionOperations(asking: questions).transaction(of: id)
            }
            #expect(
                refusal
                    == .wrongState(
                        "the sale A was accepted under slime, and [slime] is not in the configuration; configure it again"
                    ))
        }
    }
}

/// A provider that has registered nothing of this store's.
private struct OtherProvider: SaleProvider {
    private let real: any SaleProvider
    let name = ServiceName(rawValue: "other")
    let title = "Other"

    init(_ real: any SaleProvider) { self.real = real }

    var abilities: ProviderAbilities { real.abilities }
    var longestLink: String { real.longestLink }
    var clockDrift: TimeInterval { 0 }
    var lastTime: ServiceTime? { nil }
    func faults(of event: SaleEvent) -> [SaleFault] { [] }
    func request(for event: SaleEvent) -> ServiceRequest { real.request(for: event) }
    func begin(_ job: OwedJob) async -> StepOutcome { await real.begin(job) }
    func follow(_ job: OwedJob) async -> StepOutcome { await real.follow(job) }
    func probe() async -> ServiceFailure? { nil }
    func probeReveals(_ code: String) -> Bool { false }
    func advice(for code: String?) -> String { "" }
    func shutdown() async {}
}
