import Foundation
import HTTPCalls
import JSON
import RemoteServices
import Sales
import Simulators
import TestNetwork
import Testing

@testable import OCRInvoice

struct FixtureError: Error {}

enum Fixture {
    static let digest = Array(UInt8(0)..<32)
    static let number = "KK-00001-00010203040506070809"
    static let pdf = Array("%PDF-1.7 an invoice".utf8)

    static func terms(group: String? = nil) throws -> OCRJobTerms {
        guard let branch = BranchID("00001") else { throw FixtureError() }
        return OCRJobTerms(
            template: "60f7b1b3e4b0e8b3f8b3f8b4", group: group, priority: .high, branch: branch, gateway: "front")
    }

    static func form(
        _ name: String = "ใบแจ้งหนี้.pdf", type: OCRDocumentType = .pdf, digest: [UInt8] = digest, group: String? = nil
    ) throws -> OCRJobForm {
        OCRJobForm(SupplierDocument(name: name, type: type, digest: digest), under: try terms(group: group))
    }

    static func link(_ text: String = "http://127.0.0.1:9/4f1c-secret/inv.pdf?X-Amz-Signature=abc") throws
        -> DocumentLink
    {
        try #require(DocumentLink(text))
    }

    static func key(_ text: String = "supplier-ocr-simulator-key") throws -> ServiceKey {
        try #require(ServiceKey(line: text))
    }

    static func discretion() throws -> Discretion { Discretion(hiding: try key("secret-key")) }

    static func object(_ json: String) throws -> JSONObject {
        guard case .object(let object) = try JSONParser.parse(Array(json.utf8)) else { throw FixtureError() }
        return object
    }

    static func job(_ json: String) throws -> OCRJob { try #require(OCRJob(object(json), discretion())) }

    /// A job on record, as whoever drives the service has it.
    static func owed(
        _ form: OCRJobForm, mayHaveActed: Bool = false, search: JobSearch = JobSearch(), remoteID: String? = nil
    ) -> OwedJob {
        OwedJob(
            key: form.number, request: ServiceRequest(bytes: form.kept), mayHaveActed: mayHaveActed, search: search,
            remoteID: remoteID)
    }
}

/// A service for an address, while something is done with it.
func withService<Value: Sendable>(
    at url: String, names: OCRInvoiceNames = OCRInvoiceNames(), timeout: Duration = .seconds(10),
    lookUpPages: Int = 100, pace: LookUpPace = LookUpPace(pause: .zero),
    _ body: (OCRInvoiceService) async throws -> Value
) async throws -> Value {
    let client = OCRInvoiceClient(
        endpoint: OCRInvoiceEndpoint(url: url, key: try Fixture.key(), names: names),
        options: OCRInvoiceCallOptions(timeout: timeout))
    let result: Result<Value, any Error>
    do {
        result = .success(try await body(OCRInvoiceService(client: client, lookUpPages: lookUpPages, pace: pace)))
    } catch { result = .failure(error) }
    // A client that is dropped without it ends the whole test run.
    try await client.shutdown()
    return try result.get()
}

/// A simulated OCR service that listens, and a client for it.
func withOCR<Value: Sendable>(
    leeway: SupplierOCRSimulator.Leeway = .init(), timeout: Duration = .seconds(10), lookUpPages: Int = 100,
    _ body: (SupplierOCRSimulator, OCRInvoiceService) async throws -> Value
) async throws -> Value {
    var configuration = SupplierOCRSimulator.Configuration()
    configuration.leeway = leeway
    let simulator = SupplierOCRSimulator(configuration: configuration)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await simulator.run() }
        defer { group.cancelAll() }
        return try await withService(
            at: try await simulator.endpoint(), timeout: timeout, lookUpPages: lookUpPages
        ) { service in try await body(simulator, service) }
    }
}

/// Serves a document on loopback.
func withDocument<Value: Sendable>(
    _ bytes: [UInt8] = Fixture.pdf, _ body: (DocumentLink) async throws -> Value
) async throws -> Value {
    let head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: \(bytes.count)\r\n\r\n"
    return try await ScriptedServer.open(.answerBytes(Array(head.utf8) + bytes)) { server in
        try await body(try Fixture.link("http://127.0.0.1:\(server.port)/4f1c-secret/inv.pdf"))
    }
}

/// A job at the service, with its id.
func make(_ service: OCRInvoiceService, at link: DocumentLink? = nil) async throws -> (OCRJobForm, String) {
    let form = try Fixture.form()
    guard case .made(let id) = await service.create(form, at: try link ?? Fixture.link()) else {
        throw FixtureError()
    }
    return (form, id)
}
