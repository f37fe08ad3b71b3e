import Foundation
import Journey
import Logging
import OCRInvoice
import Outbox
import RemoteServices
import Runtime
import Sales
import SupplierInvoices
import Synchronization
import TestRuntime

@testable import Gateway

/// A shop that takes invoices of suppliers: a real outbox, a reader that does as it is told, and files in memory that can be lost.
struct SupplierInvoiceStage {
    let outbox: Outbox
    let reader = ScriptedInvoiceReader()
    let files = KeptInvoices()
    let time = ManualClock()
    let diskSpace = DiskSpace(minimum: 1_000)
    let invoices: SupplierInvoiceOperations

    private init(_ outbox: Outbox) {
        self.outbox = outbox
        invoices = SupplierInvoiceOperations(
            outbox: outbox, tasks: SupplierInvoiceTasks(service: reader, files: files), clock: time.clock,
            diskSpace: diskSpace)
    }

    static func open(_ body: (SupplierInvoiceStage) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kamkap-invoices-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let outbox = try Outbox(path: folder.appending(path: "outbox.sqlite").path)
        try await body(SupplierInvoiceStage(outbox))
        try outbox.close()
    }

    static func file(_ text: String, named name: String = "invoice.pdf") throws -> SupplierFile {
        try SupplierFile(Array("%PDF-1.4 \(text)\n%%EOF\n".utf8), named: name)
    }

    /// Has a file come, and lie where the service is given it from.
    func take(_ text: String, named name: String = "invoice.pdf") async throws -> Int64 {
        let file = try Self.file(text, named: name)
        guard case .new(let number) = try await invoices.take(file) else { throw FixtureError() }
        files.put(file)
        return number
    }

    /// An attempt at the only one that is owed, with this outcome.
    func attempt(_ events: [JobMachine.Event]) async throws {
        let due = try await outbox.beginJobs(of: .ocrInvoice, at: time.now, within: JobLimits(all: 1))
        guard let job = due.first else { throw FixtureError() }
        try await outbox.apply(events, toJob: job.seq, at: time.now)
    }

    func read() async throws {
        let due = try await outbox.beginJobs(of: .ocrInvoice, at: time.now, within: JobLimits(all: 1))
        guard let job = due.first else { throw FixtureError() }
        files.keepReading(of: job.key)
        try await outbox.apply([.begun(remoteID: "J-\(job.seq)"), .done(result: nil)], toJob: job.seq, at: time.now)
    }

    func fail(_ code: String = "OCRInvoice::ReadingFailed") async throws {
        try await attempt([
            .begun(remoteID: "J-1"),
            .rejected(Failure(code: code, message: "the words of the service", at: time.now)),
        ])
    }

    func care(_ logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }) -> SupplierInvoiceCare {
        SupplierInvoiceCare(of: invoices, clock: time.clock, logger: logger)
    }

    func refusal<Value>(_ work: () async throws(OperationError) -> Value) async -> OperationError? {
        do {
            _ = try await work()
            return nil
        } catch { return error }
    }
}

/// Reads nothing: what it is asked beside that is written down.
final class ScriptedInvoiceReader: SupplierInvoiceReader {
    private struct State {
        var publications = 0
        var asked: [String] = []
        var failure: ServiceFailure?
    }

    let name = ServiceName.ocrInvoice
    let title = "Reader"
    let clockDrift: TimeInterval = 0
    let lastTime: ServiceTime? = nil
    let deletesRemote = true
    private let state = Mutex(State())

    /// What it was asked for, but for requests.
    var asked: [String] { state.withLock(\.asked) }

    /// From now on all fails with this; nil for nothing.
    func fail(_ failure: ServiceFailure?) { state.withLock { $0.failure = failure } }

    private func answer(_ question: String) -> ServiceFailure? {
        state.withLock { state in
            if state.failure == nil { state.asked.append(question) }
            return state.failure
        }
    }

    func request(for file: SupplierFile) -> (request: [UInt8], context: String) {
        state.withLock {
            $0.publications += 1
            return (Array(#"{"documentName":"\#(file.name)"}"#.utf8), "P-\($0.publications)")
        }
    }

    func list(search: String?, from offset: Int, size: Int) async throws(ServiceFailure) -> OCRJobPage {
        throw answer("list \(search ?? "-") \(offset) \(size)")
            ?? ServiceFailure(code: "Reader::NoList", message: "none", disposition: .retry)
    }
    func remove(_ remoteID: String) async -> ServiceFailure? { answer("remove \(remoteID)") }
    func withdraw(context: String?, _ document: PublishedDocument.Name) async -> ServiceFailure? {
        answer("withdraw \(context ?? "-")")
    }

    func begin(_ job: OwedJob) async -> StepOutcome { .failed(Self.silence) }
    func follow(_ job: OwedJob) async -> StepOutcome { .failed(Self.silence) }
    func probe() async -> ServiceFailure? { nil }
    func probeReveals(_ code: String) -> Bool { true }
    func advice(for code: String?) -> String { "Look at the key" }
    func shutdown() async {}

    private static let silence = ServiceFailure(code: "Reader::Nothing", message: "nothing", disposition: .retry)
}

/// The three places of documents and what lies beside them, by names.
final class KeptInvoices: SupplierInvoiceFiles {
    private struct State {
        /// `reading/DIGEST.pdf`, `read/NAME.json`.
        var files: [String: [UInt8]] = [:]
        /// Places that cannot be written to.
        var broken: Set<String> = []
        /// Ends the next move after its first half.
        var isCutOff = false
    }

    private let state = Mutex(State())

    var names: [String] { state.withLock { $0.files.keys.sorted() } }

    func content(_ name: String) -> String? {
        state.withLock { $0.files[name] }.map { String(decoding: $0, as: UTF8.self) }
    }

    func put(_ file: SupplierFile) { state.withLock { $0.files[Self.document(file.digest, file.type)] = file.bytes } }
    func keepReading(of digest: String) { state.withLock { $0.files["reading/\(digest).json"] = Array("{}".utf8) } }
    func set(_ name: String, to text: String?) { state.withLock { $0.files[name] = text.map { Array($0.utf8) } } }
    /// Files of this name cannot be moved.
    func breakName(_ name: String) { state.withLock { _ = $0.broken.insert(name) } }
    func cutOffNext() { state.withLock { $0.isCutOff = true } }

    private static func document(_ digest: String, _ type: OCRDocumentType) -> String {
        "reading/\(digest).\(type.rawValue)"
    }

    func document(_ digest: String, _ type: OCRDocumentType) async throws(SupplierFolderError) -> [UInt8] {
        guard let bytes = state.withLock({ $0.files[Self.document(digest, type)] }) else { throw Self.missing }
        return bytes
    }

    func hasDocument(_ digest: String, _ type: OCRDocumentType) async throws(SupplierFolderError) -> Bool {
        state.withLock { $0.files[Self.document(digest, type)] != nil }
    }

    func documents() async throws(SupplierFolderError) -> [PublishedDocument.Name] {
        names.filter { $0.hasPrefix("reading/") && $0.hasSuffix(".pdf") }.map {
            .init(digest: String($0.dropFirst(8).dropLast(4)), type: .pdf)
        }
    }

    func keepReading(_ json: [UInt8], of digest: String) async throws(SupplierFolderError) {
        state.withLock { $0.files["reading/\(digest).json"] = json }
    }

    func hasReading(of digest: String) async throws(SupplierFolderError) -> Bool {
        state.withLock { $0.files["reading/\(digest).json"] != nil }
    }

    func freeName(for name: String, in place: SupplierInvoicePlace) async throws(SupplierFolderError) -> String {
        state.withLock { state in
            let stem = name.dropLast(4)
            let names = [name] + (2...99).map { "\(stem).\($0).pdf" }
            return names.first { state.files["\(place)/\($0)"] == nil } ?? name
        }
    }

    func file(
        _ digest: String, _ type: OCRDocumentType, as name: String, _ outcome: SupplierInvoiceOutcome
    ) async throws(SupplierFolderError) {
        let fault: SupplierFolderError? = state.withLock { state in
            if state.broken.contains(name) { return SupplierFolderError(.unusable, "read/\(name) is no good") }
            let document = Self.document(digest, type)
            let (place, companion, bytes): (String, String, [UInt8]?) =
                switch outcome {
                case .read: ("read", "json", state.files["reading/\(digest).json"])
                case .failed(let problem): ("failed", "problem.json", problem)
                }
            if state.files["\(place)/\(name)"] == nil {
                guard let whole = state.files[document] else { return Self.missing }
                state.files["\(place)/\(name)"] = whole
            }
            state.files[document] = nil
            if state.isCutOff {
                state.isCutOff = false
                return SupplierFolderError(.unusable, "killed")
            }
            if let bytes { state.files["\(place)/\(name.dropLast(4)).\(companion)"] = bytes }
            state.files["reading/\(digest).json"] = nil
            return nil
        }
        if let fault { throw fault }
    }

    func takeBack(
        _ digest: String, _ type: OCRDocumentType, from name: String, _ place: SupplierInvoicePlace
    ) async throws(SupplierFolderError) {
        let isThere = state.withLock { state in
            let document = Self.document(digest, type)
            guard let whole = state.files[document] ?? state.files["\(place)/\(name)"] else { return false }
            state.files[document] = whole
            state.files["reading/\(digest).json"] = nil
            if place == .failed {
                state.files["failed/\(name)"] = nil
                state.files["failed/\(name.dropLast(4)).problem.json"] = nil
            }
            return true
        }
        if !isThere { throw Self.missing }
    }

    func filedReading(of name: String) async throws(SupplierFolderError) -> [UInt8] {
        guard let bytes = state.withLock({ $0.files["read/\(name.dropLast(4)).json"] }) else { throw Self.missing }
        return bytes
    }

    private static let missing = SupplierFolderError(.missing, "invoice.pdf is not there")
}
