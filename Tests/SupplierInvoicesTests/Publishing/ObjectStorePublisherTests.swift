import Foundation
import HTTPCalls
import OCRInvoice
import ObjectStore
import RemoteServices
import Simulators
import Testing

@testable import SupplierInvoices

@Suite(.timeLimit(.minutes(2))) struct ObjectStorePublisherTests {
    private let document = PublishedDocument(
        .init(digest: String(repeating: "ab", count: 32), type: .jpg), bytes: [0xFF, 0xD8, 0xFF])

    private static let configuration = ObjectStoreSimulator.Configuration()

    private func withStore(
        _ body: (ObjectStoreSimulator, ObjectStorePublisher) async throws -> Void
    ) async throws {
        let configuration = Self.configuration
        let store = ObjectStoreSimulator(configuration: configuration)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await store.run() }
            defer { group.cancelAll() }
            let client = ObjectStoreClient(
                bucket: try Bucket(
                    endpoint: try await store.endpoint(), region: configuration.region, name: configuration.bucket),
                key: try #require(AccessKey(id: configuration.keyID, secret: configuration.secret)),
                clock: StoreClock(shown: { Date() }, counted: { Date() }),
                options: ObjectStoreCallOptions(table: "table", timeout: .seconds(5), uploadTimeout: .seconds(5)))
            let publisher = ObjectStorePublisher(client: client, life: .seconds(3_600))
            let result: Result<Void, any Error>
            do { result = .success(try await body(store, publisher)) } catch { result = .failure(error) }
            try await publisher.shutdown()
            try result.get()
        }
    }

    @Test("a document is published under a name that nobody can guess, with its type, and withdrawn again")
    func published() async throws {
        try await withStore { store, publisher in
            let name = PublicationName.random()
            for _ in 1...2 { #expect(await publisher.publish(document, as: name, until: Date()) == nil) }
            let objects = await store.objects()
            #expect(objects.map(\.key) == ["\(name.text).jpg"])
            #expect(objects.first?.bytes == document.bytes && objects.first?.contentType == "image/jpeg")
            #expect(publisher.link(to: name, of: .jpg, for: .seconds(3_600)) != nil)
            for _ in 1...2 { #expect(await publisher.withdraw(name, of: document.name) == nil) }
            #expect(await store.objects().isEmpty)
        }
    }

    @Test("a store that is well is found so, and nothing stays in it") func probed() async throws {
        try await withStore { store, publisher in
            #expect(await publisher.probe() == nil)
            #expect(await store.objects().isEmpty)
        }
    }

    typealias Fault = ObjectStoreSimulator.Fault.Kind

    @Test(
        "what fails at the store says whose fault it is, under the store's own name",
        arguments: [
            (.unavailable(status: 503), .noAnswer(isServiceWide: true)),
            (.loseAnswerBeforeActing, .noAnswer(isServiceWide: true)),
            (.refusal(status: 403, code: "AccessDenied"), .holdAccount),
            (.refusal(status: 404, code: "NoSuchBucket"), .holdAccount),
            (.refusal(status: 507, code: "XMinioStorageFull"), .noAnswer(isServiceWide: true)),
            (.refusal(status: 400, code: "EntityTooLarge"), .reject),
        ] as [(Fault, ServiceFailure.Disposition)])
    func failures(fault: Fault, disposition: ServiceFailure.Disposition) async throws {
        try await withStore { store, publisher in
            await store.inject(.init(fault))
            let name = PublicationName.random()
            let failure = try #require(await publisher.publish(document, as: name, until: Date()))
            #expect(failure.disposition == disposition && failure.code.hasPrefix("ObjectStore::"), "\(failure)")
            #expect(publisher.probeReveals(failure.code) && publisher.advice(for: failure.code) != nil)
            #expect(!"\(failure)".contains(name.text) && !"\(failure)".contains(Self.configuration.secret))
        }
    }

    @Test("codes of the service are none of its") func foreignCodes() async throws {
        try await withStore { _, publisher in
            #expect(!publisher.probeReveals("OCRInvoice::401") && publisher.advice(for: "OCRInvoice::401") == nil)
        }
    }
}
