public import Foundation
import GRDB
import Journey
public import Sales

// The stream of documents of a service: one job that never ends.
extension Outbox {
    public func streamState(of service: ServiceName) async throws(OutboxError) -> StreamState {
        try await read { db in
            if let row = try Row.fetchOne(
                db.cachedStatement(sql: DocumentQueries.stream), arguments: [service.rawValue])
            {
                return try row.time("next_attempt_at") == nil ? .paused : .running
            }
            guard try Bool.fetchOne(db.cachedStatement(sql: DocumentQueries.isAnyRegistered)) == true else {
                return .notBegun(firstSale: nil)
            }
            return .notBegun(firstSale: try DocumentQueries.firstSale(in: db))
        }
    }

    /// When the first sale was received, as the machine's clock showed it; nil if there is none.
    public func firstSale() async throws(OutboxError) -> Date? {
        try await read { db in try DocumentQueries.firstSale(in: db) }
    }

    /// Makes the job of a stream that has not begun, due at once.
    public func beginStream(
        of service: ServiceName, with request: StreamRequest, at now: Date
    ) async throws(OutboxError) {
        let job = NewJob(
            kind: .documentStream, service: service, key: service.rawValue, request: request.bytes,
            context: request.context)
        try await write { db, log in
            log.wake(.jobs(of: service))
            _ = try JobQueries.insert(job, of: nil, arrival: .documents(at: now), into: db)
        }
    }

    /// From now on the stream is not asked; where it stood is kept.
    public func pauseStream(of service: ServiceName) async throws(OutboxError) {
        try await write { db, _ in
            try db.cachedStatement(sql: DocumentQueries.pause).execute(arguments: [service.rawValue])
        }
    }

    /// A paused stream is due at once.
    public func resumeStream(of service: ServiceName, at now: Date) async throws(OutboxError) {
        try await write { db, log in
            log.wake(.jobs(of: service))
            try db.cachedStatement(sql: DocumentQueries.resume).execute(arguments: [now.milliseconds, service.rawValue])
        }
    }

    /// Keeps what a part brought, and where the stream goes on, in one commit: a part that is asked for again after a
    /// crash brings nothing twice. Documents that are known already are left as they are.
    public func keep(
        _ part: StreamPart, ofJob seq: Int64, at now: Date
    ) async throws(OutboxError) -> StreamCount {
        try await write { db, log in
            let job = try JobQueries.job(seq, in: db)
            var count = StreamCount()
            for document in part.documents {
                guard let kept = try DocumentQueries.insert(document, of: job.service, at: now, into: db) else {
                    count.strange += 1
                    continue
                }
                guard kept.isNew else { continue }
                count.new += 1
                log.add(.document(kept.sale, DocumentRecord(document)))
            }
            var machine = job.machine
            try machine.applyOrConflict(.continued(at: count.new > 0 ? part.due : part.dueWithoutNews))
            try JobQueries.update(seq, to: machine, at: now, in: db)
            try db.cachedStatement(sql: "UPDATE job SET request = ?, context = ? WHERE seq = ?")
                .execute(arguments: [Data(part.next.bytes), part.next.context, seq])
            try DocumentQueries.countPassedOver(count.strange + part.unreadable, in: db)
            log.wake(.jobs(of: job.service))
            return count
        }
    }
}

extension NewSale.Arrival {
    /// Of a job that nobody waits for.
    static func documents(at now: Date) -> Self { .init(from: "", .documents, at: now, liveUntil: now) }
}

extension DocumentRecord {
    /// Equal to what its row gives, once it is kept.
    fileprivate init(_ document: ProvidedDocument) {
        self.init(
            id: document.id, sequence: document.sequence, readiedAt: document.readiedAt?.toMilliseconds,
            sizes: document.sizes)
    }
}
