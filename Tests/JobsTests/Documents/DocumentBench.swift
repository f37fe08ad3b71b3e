import Foundation
import Jobs
import Journey
import Logging
import Outbox
import RemoteServices
import Runtime
import Sales
import Synchronization
import TestRuntime
import TestServices
import Testing

/// A real outbox, and a worker that follows a scripted provider's documents; the test turns its clock.
struct DocumentBench: Sendable {
    let provider: ScriptedDocuments
    let archive: MemoryArchive
    let outbox: Outbox
    let time: ManualClock
    let log: LogBook

    typealias Run = @Sendable (DocumentBench) async throws -> Void

    /// Documents are followed, and their files archived. Several runs are one after the other on the same outbox: a worker
    /// is cancelled in whatever it does once its body returns, and the next one begins.
    static func archiving(_ runs: Run...) async throws {
        try await open(runs) { DocumentTasks(archive: $0) }
    }

    /// Documents are followed, and no file is kept.
    static func following(_ runs: Run...) async throws {
        try await open(runs) { _ in DocumentTasks() }
    }

    private static func open(_ runs: [Run], _ tasks: (MemoryArchive) -> DocumentTasks) async throws {
        let (provider, archive) = (ScriptedDocuments(), MemoryArchive())
        try await inFolder { path in
            for body in runs { try await run(provider, archive, tasks(archive), path, body) }
        }
    }

    /// A run with tasks of its own.
    static func run(
        _ provider: ScriptedDocuments, _ archive: MemoryArchive, _ tasks: DocumentTasks?, _ path: String,
        _ body: Run
    ) async throws {
        let (time, log) = (ManualClock(), LogBook())
        let outbox = try Outbox(path: path)
        let worker = JobWorker(
            settings: JobWorkerSettings(concurrency: 4, documents: tasks), outbox: outbox, service: provider,
            context: LoopContext(clock: time.clock, logger: log.logger))
        let result: Result<Void, any Error>
        do {
            result = .success(
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await worker.run() }
                    // A worker that is cancelled waits for its calls.
                    defer {
                        group.cancelAll()
                        provider.open()
                    }
                    try await body(
                        DocumentBench(provider: provider, archive: archive, outbox: outbox, time: time, log: log))
                })
        } catch { result = .failure(error) }
        try outbox.close()
        try result.get()
    }

    static func inFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kamkap-documents-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.appending(path: "outbox.sqlite").path)
    }

    // MARK: Sales and documents

    func accept(_ id: String, priority: Priority = .till) async throws {
        let event = try Stub.event(id)
        let sale = NewSale(
            event: event,
            registration: NewJob(
                kind: .registration, service: provider.name, key: id, request: provider.request(for: event).bytes),
            printer: nil,
            arrival: .init(from: "test", priority, at: time.now, liveUntil: time.now.addingTimeInterval(3)))
        guard case .new = try await outbox.accept(sale) else { throw FixtureError() }
    }

    /// The sale once it is as wanted; time passes from one waking to the next until then.
    @discardableResult
    func sale(_ id: String, once isDone: (SaleRecord) -> Bool) async throws -> SaleRecord {
        let id = try #require(TransactionID(id))
        let ticks = outbox.changes.ticks(of: .sale(id))
        return try await time.turning {
            var sale = try await outbox.sale(id)
            if isDone(sale) { return sale }
            for await _ in ticks {
                sale = try await outbox.sale(id)
                if isDone(sale) { break }
            }
            return sale
        }
    }

    @discardableResult
    func register(_ id: String) async throws -> SaleRecord {
        try await accept(id)
        return try await sale(id) { $0.registration.state == .ready }
    }

    /// Time passes from one waking to the next until the condition holds.
    func until(_ isDone: () async throws -> Bool) async throws {
        try await time.turning {
            while try await !isDone() {
                try Task.checkCancellation()
                await Task.yield()
            }
        }
    }
}

/// Documents of sales, as a provider makes them.
enum Sample {
    static func document(_ id: String, of sale: String, sequence: Int = 1) throws -> ProvidedDocument {
        guard let id = DocumentID(id) else { throw FixtureError() }
        return ProvidedDocument(
            id: id, transactionID: sale, sequence: sequence, isReady: true,
            readiedAt: Date(timeIntervalSince1970: 1_795_144_500))
    }

    static func file(_ text: String) throws -> DocumentFile {
        guard let file = DocumentFile(text) else { throw FixtureError() }
        return file
    }
}

/// An archive in memory. It fails as it is told.
final class MemoryArchive: DocumentArchive {
    private struct State {
        var files: [DocumentFile: [UInt8]] = [:]
        var keeps = 0
        var error: ArchiveError?
    }

    private let state = Mutex(State())

    var files: [DocumentFile: [UInt8]] { state.withLock(\.files) }
    /// How many files were put in.
    var keeps: Int { state.withLock(\.keeps) }
    var trouble: ArchiveTrouble? { state.withLock { $0.error.map { ArchiveTrouble($0, lasting: .zero) } } }

    func fail(with error: ArchiveError?) { state.withLock { $0.error = error } }
    func put(_ bytes: [UInt8], as file: DocumentFile) { state.withLock { $0.files[file] = bytes } }

    func holds(_ file: ArchivedFile) async throws(ArchiveError) -> Bool {
        try state.withLock { state throws(ArchiveError) in
            if let error = state.error { throw error }
            return state.files[file.file] != nil
        }
    }

    func keep(_ bytes: [UInt8], as file: ArchivedFile) async throws(ArchiveError) {
        try state.withLock { state throws(ArchiveError) in
            if let error = state.error { throw error }
            state.keeps += 1
            state.files[file.file] = bytes
        }
    }

    func read(_ file: ArchivedFile) async throws(ArchiveError) -> [UInt8]? { files[file.file] }
}
