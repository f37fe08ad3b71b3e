import Foundation
import HTTPCalls
import Journey
import OCRInvoice
import ObjectStore
import RemoteServices
import Sales
import Simulators
import SupplierInvoices
import Synchronization

struct FixtureError: Error {}

/// One document, the job of it, and both simulators; time passes from one attempt to the next at once.
struct InvoiceStand: Sendable {
    static let pdf = Array("%PDF-1.7 an invoice".utf8)
    /// As no writer of ours would write it.
    static let results = Array("{ \"total\" : 1070.00,\"a\":[1e2 , \"\\u0e01\"]}".utf8)

    let ocr: SupplierOCRSimulator
    let store: ObjectStoreSimulator
    let service: SupplierInvoiceService
    let run: InvoiceRun
    let file: SupplierFile
    let number: String
    let root: String

    struct Terms: Sendable {
        var leeway = SupplierOCRSimulator.Leeway()
        var deletesRemote = true
        var giveUpAfter: Duration = .seconds(24 * 3600)
        var life: Duration = .seconds(3600)
        var name = "ใบแจ้งหนี้.pdf"
    }

    static func open(_ terms: Terms = Terms(), _ body: (InvoiceStand) async throws -> Void) async throws {
        let root = "/tmp/kamkap-invoice-jobs-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        var configuration = SupplierOCRSimulator.Configuration()
        configuration.leeway = terms.leeway
        let (ocr, store) = (SupplierOCRSimulator(configuration: configuration), ObjectStoreSimulator())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await ocr.run() }
            group.addTask { try await store.run() }
            defer { group.cancelAll() }
            let time = InvoiceTime()
            let service = try await service(terms, ocr, store, root, time)
            let result: Result<Void, any Error>
            do {
                let file = try SupplierFile(pdf, named: terms.name)
                try Data(pdf).write(to: URL(fileURLWithPath: "\(root)/reading/\(file.digest).pdf"))
                let (request, context) = service.request(for: file)
                guard let number = OCRJobForm(kept: request)?.number else { throw FixtureError() }
                try await ocr.setResults(results, ofJobNumbered: number)
                let run = InvoiceRun(
                    service, key: file.digest, request: ServiceRequest(bytes: request, context: context), time: time,
                    advance: { await ocr.advanceClock(by: $0) })
                result = .success(
                    try await body(
                        InvoiceStand(
                            ocr: ocr, store: store, service: service, run: run, file: file, number: number, root: root))
                )
            } catch { result = .failure(error) }
            // A client that is dropped without it ends the whole test run.
            try await service.shutdown()
            try result.get()
        }
    }

    private static func service(
        _ terms: Terms, _ ocr: SupplierOCRSimulator, _ store: ObjectStoreSimulator, _ root: String, _ time: InvoiceTime
    ) async throws -> SupplierInvoiceService {
        let (bucket, secret) = (store.configuration, ocr.configuration.key)
        guard let key = ServiceKey(line: secret), let branch = BranchID("00001"),
            let access = AccessKey(id: bucket.keyID, secret: bucket.secret)
        else { throw FixtureError() }
        let place = try Bucket(endpoint: try await store.endpoint(), region: bucket.region, name: bucket.bucket)
        let endpoint = OCRInvoiceEndpoint(url: try await ocr.endpoint(), key: key)
        let folder = try SupplierInvoiceFolder(root, access: .init(isForGroup: false, group: nil), longest: 1_000)
        return SupplierInvoiceService(
            OCRInvoiceService(
                client: OCRInvoiceClient(endpoint: endpoint, options: OCRInvoiceCallOptions(timeout: .seconds(3)))),
            terms: OCRJobTerms(template: "60f7b1b3e4b0e8b3f8b3f8b4", branch: branch, gateway: "front"),
            publisher: ObjectStorePublisher(
                client: ObjectStoreClient(
                    bucket: place, key: access, clock: StoreClock(shown: { Date() }, counted: { Date() }),
                    options: ObjectStoreCallOptions(table: "t", timeout: .seconds(3), uploadTimeout: .seconds(3))),
                life: terms.life),
            files: folder,
            limits: SupplierInvoiceLimits(giveUpAfter: terms.giveUpAfter, deletesRemote: terms.deletesRemote),
            now: { time.now })
    }

    /// What is kept beside the document; nil if nothing is.
    var reading: String? {
        FileManager.default.contents(atPath: "\(root)/reading/\(file.digest).json")
            .map { String(decoding: $0, as: UTF8.self) }
    }
}

/// Counted time, which passes as the test says.
final class InvoiceTime: Sendable {
    private let time = Mutex(Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded()))

    var now: Date { time.withLock(\.self) }
    func pass(_ duration: Duration) { time.withLock { $0 += duration / .seconds(1) } }
}

/// Drives one job over its machine as a worker does. What a kill leaves is a machine with an attempt that is open.
actor InvoiceRun {
    private let service: SupplierInvoiceService
    private let key: String
    private let bytes: [UInt8]
    private let advance: @Sendable (Duration) async -> Void
    let time: InvoiceTime
    private(set) var context: String?
    private(set) var machine: JobMachine
    private(set) var failures: [ServiceFailure] = []
    /// How many steps have been taken, and after which the gateway is killed before it writes down what came of them.
    private var steps = 0
    private var kills: Set<Int> = []
    private var isKilled = false

    init(
        _ service: SupplierInvoiceService, key: String, request: ServiceRequest, time: InvoiceTime,
        advance: @escaping @Sendable (Duration) async -> Void
    ) {
        (self.service, self.key, self.time, self.advance) = (service, key, time, advance)
        (bytes, context) = (request.bytes, request.context)
        machine = JobMachine(dueAt: time.now)
    }

    func kill(after steps: Set<Int>) { kills = steps }

    var isOwed: Bool { machine.state == .pending }
    var stepsTaken: Int { steps }
    var owed: OwedJob {
        OwedJob(
            kind: .supplierInvoice, key: key, request: ServiceRequest(bytes: bytes, context: context),
            mayHaveActed: machine.mayHaveActed, search: machine.search, remoteID: machine.remoteID)
    }

    func pass(_ duration: Duration) async {
        time.pass(duration)
        await advance(duration)
    }

    /// Until nothing is owed, or it is as wanted after an attempt.
    @discardableResult
    func go(until isDone: @Sendable (JobMachine) -> Bool = { _ in false }) async throws -> JobMachine {
        for _ in 0..<400 {
            guard machine.state == .pending, !isDone(machine) else { return machine }
            try await attempt()
        }
        throw FixtureError()
    }

    func attempt() async throws {
        if let due = machine.nextAttemptAt, due > time.now { await pass(.seconds(due.timeIntervalSince(time.now))) }
        let followsKill = isKilled
        isKilled = false
        try machine.apply(.attemptBegan)
        if followsKill, machine.step == .begin, let settling = service.settling {
            return try put(off: Self.interrupted, by: settling, mayHaveActed: true)
        }
        if machine.step == .begin {
            let outcome = await service.begin(owed)
            if dies() { return }
            switch outcome {
            case .prepared(let id, let text):
                try machine.apply(.prepared(remoteID: id, at: time.now))
                context = text ?? context
                return
            case .begun(let id), .found(let id):
                try machine.apply(.begun(remoteID: id))
                try machine.apply(.wentOn)
            default: return try end(outcome)
            }
        }
        let outcome = await service.follow(owed)
        if !dies() { try end(outcome) }
    }

    private func dies() -> Bool {
        steps += 1
        isKilled = kills.contains(steps)
        return isKilled
    }

    private func end(_ outcome: StepOutcome) throws {
        switch outcome {
        case .done: try machine.apply(.done(result: nil))
        case .absent(let failure):
            failures.append(failure)
            try machine.apply(
                .absent(Failure(failure, at: time.now), until: time.now + (failure.retryAfter ?? .zero) / .seconds(1)))
        case .unlisted(let failure):
            try machine.apply(.unlisted(Failure(failure, at: time.now), until: time.now + 60))
        case .lost(let failure, let id):
            failures.append(failure)
            try machine.apply(.lost(Failure(failure, at: time.now), at: time.now + 60, keeping: id))
        case .failed(let failure):
            failures.append(failure)
            switch failure.disposition {
            case .reject, .rejectUnexplained, .askProbe, .alreadyActed:
                try machine.apply(.rejected(Failure(failure, at: time.now)))
            default:
                let settling = failure.mayHaveActed && machine.step == .begin ? service.settling : nil
                try put(
                    off: failure, by: max(failure.retryAfter ?? .seconds(30), settling ?? .zero),
                    mayHaveActed: failure.mayHaveActed)
            }
        case .prepared, .begun, .found, .notYet: throw FixtureError()
        }
    }

    private func put(off failure: ServiceFailure, by pause: Duration, mayHaveActed: Bool) throws {
        try machine.apply(
            .deferred(
                Failure(failure, at: time.now), until: time.now + pause / .seconds(1), mayHaveActed: mayHaveActed))
    }

    private static let interrupted = ServiceFailure(
        code: "Gateway::Interrupted", message: "the gateway ended", disposition: .retry)
}

extension Failure {
    fileprivate init(_ failure: ServiceFailure, at now: Date) {
        self.init(code: failure.code, message: failure.message, at: now)
    }
}
