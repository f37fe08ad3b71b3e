import Foundation
import Jobs
import Journey
import Logging
import Outbox
import RemoteServices
import Runtime
import Sales
import TestRuntime

/// A real outbox, and a worker whose clock the test turns.
struct ServiceBench: Sendable {
    let stage: any ServiceStage
    let outbox: Outbox
    let time: ManualClock
    let log: LogBook

    func accept(_ id: String) async throws -> TransactionID {
        let event = try Stub.event(id)
        let request = stage.provider.request(for: event)
        let sale = NewSale(
            event: event,
            registration: NewJob(
                kind: .registration, service: stage.provider.name, key: id, request: request.bytes,
                context: request.context),
            printer: nil,
            arrival: .init(from: "test", at: time.now, liveUntil: time.now.addingTimeInterval(3)))
        guard case .new = try await outbox.accept(sale) else { throw FixtureError() }
        return event.sale.id
    }

    func registration(of id: TransactionID) async throws -> SaleRegistration {
        try await outbox.sale(id).registration
    }

    /// The registration once it is as wanted; time passes from one waking to the next until then.
    func registration(
        of id: TransactionID, once isDone: (SaleRegistration) -> Bool
    ) async throws -> SaleRegistration {
        let ticks = outbox.changes.ticks(of: .sale(id))
        return try await time.turning {
            var registration = try await registration(of: id)
            if isDone(registration) { return registration }
            for await _ in ticks {
                registration = try await self.registration(of: id)
                if isDone(registration) { break }
            }
            return registration
        }
    }

    func condition(is wanted: AccountState.Condition) async throws {
        try await time.turning {
            while try await outbox.account(of: stage.provider.name).condition != wanted {
                try Task.checkCancellation()
                await Task.yield()
            }
        }
    }

    /// Several runs are one after the other on the same outbox: a worker is cancelled in whatever it does once its body
    /// returns, and the next one begins.
    static func open(
        _ kind: StageKind, _ runs: [@Sendable (ServiceBench) async throws -> Void]
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kamkap-service-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await kind.open { stage in
            for body in runs {
                let (time, log) = (ManualClock(), LogBook())
                let outbox = try Outbox(path: folder.appending(path: "outbox.sqlite").path)
                let worker = JobWorker(
                    settings: JobWorkerSettings(concurrency: 4), outbox: outbox, service: stage.provider,
                    context: LoopContext(clock: time.clock, logger: log.logger))
                let result: Result<Void, any Error>
                do {
                    result = .success(
                        try await withThrowingTaskGroup(of: Void.self) { group in
                            group.addTask { try await worker.run() }
                            defer { group.cancelAll() }
                            try await body(ServiceBench(stage: stage, outbox: outbox, time: time, log: log))
                        })
                } catch { result = .failure(error) }
                try outbox.close()
                try result.get()
            }
        }
    }
}
