import Foundation
import RemoteServices
import Sales
import Simulators
import Synchronization

@testable import Slime

/// A simulated Slime, and the service that asks it.
struct LookUpStage: Sendable {
    let slime: SlimeSimulator
    let client: SlimeClient
    let service: SlimeService
    /// Each call as metrics count it: `download_pdf success`.
    let counted: Counted

    final class Counted: Sendable {
        private let calls = Mutex<[String]>([])
        var all: [String] { calls.withLock { $0 } }
        func add(_ call: String, _ failure: String?) {
            calls.withLock { $0.append("\(call) \(failure ?? "success")") }
        }
    }

    static func open<Value: Sendable>(
        fileTimeout: Duration = .seconds(10), _ body: (LookUpStage) async throws -> Value
    ) async throws -> Value {
        try await withSlime(fileTimeout: fileTimeout) { slime, client in
            var rules = await slime.currentDocumentRules
            // A document is ready when the test says so.
            rules.delay = nil
            try await slime.setDocumentRules(rules)
            let counted = Counted()
            let service = SlimeService(
                client: client, clock: ServiceClock(shown: { Date() }, counted: { Date() }),
                observer: ServiceObserver(called: { counted.add($0, $1) }))
            return try await body(LookUpStage(slime: slime, client: client, service: service, counted: counted))
        }
    }

    /// A transaction without a document.
    func register(_ id: String, extra: String = "") async throws -> TransactionID {
        let data = RegistrationData.bytes(for: try Fixture.event(id, extra: extra))
        try await client.initiate(.taxInvoiceStub, data: data, issuedAt: Date())
        return try Fixture.id(id)
    }

    /// A document of it that a customer has made.
    func makeDocument(of id: TransactionID, isReady: Bool = true) async throws -> SlimeSimulator.Document {
        let document = try await slime.customerMakesDocument(of: id.text)
        guard isReady else { return document }
        await slime.finishDocuments(document.id)
        guard let ready = await slime.document(document.id) else { throw FixtureError() }
        return ready
    }

    /// Why a question had no answer.
    func failure<Value>(_ question: () async throws(DocumentFailure) -> Value) async -> DocumentFailure? {
        do {
            _ = try await question()
            return nil
        } catch {
            return error
        }
    }
}
