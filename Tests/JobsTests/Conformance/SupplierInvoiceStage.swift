import Foundation
import HTTPCalls
import OCRInvoice
import ObjectStore
import RemoteServices
import Sales
import Simulators
import SupplierInvoices
import TestServices

/// Suppliers' invoices over HTTP: a service that reads them and a store that it fetches them from, both simulated. A document is
/// published, a job is made, and it is processed: the faults of `begin` are those of one of the two calls that act.
struct SupplierInvoiceStage: ServiceStage {
    let ocr: SupplierOCRSimulator
    let invoices: InvoicesOfSales
    let secrets: [String]
    let acting: SupplierOCRSimulator.Operation

    var provider: any SaleProvider { invoices }
    /// Published, made, and processed.
    let attempts = 3
    var attemptsUntilBegin: Int { acting == .create ? 2 : 3 }

    static func open<Value: Sendable>(
        _ acting: SupplierOCRSimulator.Operation, _ body: (any ServiceStage) async throws -> Value
    ) async throws -> Value {
        let root = FileManager.default.temporaryDirectory.appending(path: "kamkap-invoices-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        var configuration = SupplierOCRSimulator.Configuration()
        configuration.leeway.polls = 0
        let (ocr, store) = (SupplierOCRSimulator(configuration: configuration), ObjectStoreSimulator())
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await ocr.run() }
            group.addTask { try await store.run() }
            defer { group.cancelAll() }
            let service = try await service(ocr, store, root.path)
            let stage = SupplierInvoiceStage(
                ocr: ocr, invoices: InvoicesOfSales(service: service, folder: root.path),
                secrets: [configuration.key, store.configuration.secret, "X-Amz-Signature"], acting: acting)
            let result: Result<Value, any Error>
            do { result = .success(try await body(stage)) } catch { result = .failure(error) }
            // A client that is dropped without it ends the whole test run.
            try await service.shutdown()
            return try result.get()
        }
    }

    private static func service(
        _ ocr: SupplierOCRSimulator, _ store: ObjectStoreSimulator, _ root: String
    ) async throws -> SupplierInvoiceService {
        let (bucket, secret) = (store.configuration, ocr.configuration.key)
        guard let key = ServiceKey(line: secret), let branch = BranchID("00001"),
            let access = AccessKey(id: bucket.keyID, secret: bucket.secret)
        else { throw FixtureError() }
        let client = ObjectStoreClient(
            bucket: try Bucket(endpoint: try await store.endpoint(), region: bucket.region, name: bucket.bucket),
            key: access, clock: StoreClock(shown: { Date() }, counted: { Date() }),
            options: ObjectStoreCallOptions(table: "t", timeout: .seconds(2), uploadTimeout: .seconds(2)))
        return SupplierInvoiceService(
            OCRInvoiceService(
                client: OCRInvoiceClient(
                    endpoint: OCRInvoiceEndpoint(url: try await ocr.endpoint(), key: key),
                    options: OCRInvoiceCallOptions(timeout: .seconds(2))),
                // Only the worker's clock is the test's: a look that waits for the service would wait in real time.
                pace: LookUpPace(pause: .zero) { _ in try Task.checkCancellation() }),
            terms: OCRJobTerms(template: "60f7b1b3e4b0e8b3f8b3f8b4", branch: branch, gateway: "front"),
            // The tests turn the worker's clock, and this one goes on: no link ends.
            publisher: ObjectStorePublisher(client: client, life: .seconds(86_400)),
            files: try SupplierInvoiceFolder(root, access: .init(isForGroup: false, group: nil), longest: 1_000),
            limits: SupplierInvoiceLimits(giveUpAfter: .seconds(86_400), deletesRemote: true), now: { Date() })
    }

    func prepared(_ job: OwedJob) async throws -> OwedJob {
        var job = job
        for _ in 0..<(acting == .create ? 1 : 2) {
            guard case .prepared(let id, let context?) = await invoices.begin(job) else { throw FixtureError() }
            job = OwedJob(
                kind: job.kind, key: job.key, request: ServiceRequest(bytes: job.request.bytes, context: context),
                remoteID: id)
        }
        return job
    }

    func inject(_ fault: StageFault, at call: StageCall, times: Int?) async {
        let kind: AnswerFault =
            switch fault {
            case .lostBeforeActing: .loseAnswerBeforeActing
            case .lostAfterActing: .loseAnswerAfterActing
            case .garbage: .garbage
            case .cut: .truncated
            case .huge: .packed(.bomb)
            case .slow: .slow(.seconds(8))
            case .unavailable: .unavailable(status: 503)
            case .accountRefused: .refusal(status: 401, body: #"{"success":false,"error":"key"}"#)
            case .jobRefused: .refusal(status: 422, body: #"{"success":false,"error":"no"}"#)
            }
        let isOfAll = times == nil && (fault == .unavailable || fault == .accountRefused)
        await ocr.inject(.init(kind, operation: isOfAll ? nil : operation(of: call), times: times))
    }

    private func operation(of call: StageCall) -> SupplierOCRSimulator.Operation {
        switch call {
        case .begin: acting
        case .follow: .results
        case .probe: .list
        }
    }

    func heal() async { await ocr.clearFaults() }

    func waitForBegins(_ count: Int) async throws {
        while await ocr.calls().count(where: { $0.operation == acting }) < count {
            try await ocr.waitForCalls(atLeast: await ocr.currentTotals.calls + 1)
        }
    }

    func occupy(_ job: OwedJob) async throws {}

    /// Both are counted: what is made once has to be processed once.
    func actions() async -> [String: Int] {
        let (made, processed) = (await ocr.madeByNumber(), await ocr.currentTotals.processed)
        var actions: [String: Int] = [:]
        // Only the sum of the processed is known: what is too much shows at each of them.
        for (number, count) in made {
            actions[invoices.key(of: number) ?? number] = max(count, 1 + max(0, processed - made.count))
        }
        return actions
    }
}

/// The suite's jobs are registrations of sales. Here each is a supplier's invoice, and its link says that it was read.
struct InvoicesOfSales: SaleProvider {
    let service: SupplierInvoiceService
    let folder: String

    var name: ServiceName { service.name }
    var title: String { service.title }
    var longestLink: String { "https://invoices.example/" }
    var abilities: ProviderAbilities { ProviderAbilities(linkOffers: .document, []) }
    var settling: Duration? { service.settling }
    var clockDrift: TimeInterval { service.clockDrift }
    var lastTime: ServiceTime? { service.lastTime }

    private func file(_ key: String) throws -> SupplierFile {
        try SupplierFile(Array("%PDF-1.7 invoice \(key)".utf8), named: "\(key).pdf")
    }

    func key(of number: String) -> String? {
        ["A", "B", "C", "D", "Z"].first { key in
            guard let file = try? file(key) else { return false }
            return OCRJobForm(kept: service.request(for: file).request)?.number == number
        }
    }

    func faults(of event: SaleEvent) -> [SaleFault] { [] }

    func request(for event: SaleEvent) -> ServiceRequest {
        guard let file = try? file(event.sale.id.text) else { return ServiceRequest(bytes: []) }
        _ = FileManager.default.createFile(
            atPath: "\(folder)/reading/\(file.digest).pdf", contents: Data(file.bytes))
        let (request, context) = service.request(for: file)
        return ServiceRequest(bytes: request, context: context)
    }

    private func invoice(_ job: OwedJob) -> OwedJob {
        OwedJob(
            kind: .supplierInvoice, key: (try? file(job.key).digest) ?? "", request: job.request,
            mayHaveActed: job.mayHaveActed, search: job.search, remoteID: job.remoteID)
    }

    func begin(_ job: OwedJob) async -> StepOutcome { await service.begin(invoice(job)) }
    func onlyPrepares(_ job: OwedJob) -> Bool { service.onlyPrepares(invoice(job)) }

    func follow(_ job: OwedJob) async -> StepOutcome {
        let outcome = await service.follow(invoice(job))
        return outcome == .done(.filed) ? .done(.link("https://invoices.example/\(job.key)", total: nil)) : outcome
    }

    func probe() async -> ServiceFailure? { await service.probe() }
    func probeReveals(_ code: String) -> Bool { service.probeReveals(code) }
    func advice(for code: String?) -> String { service.advice(for: code) }
    func shutdown() async throws { try await service.shutdown() }
}
