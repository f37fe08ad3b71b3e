import Foundation
import Journey
import Logging
import Outbox
import RemoteServices
import Runtime
import Sales

// Jobs about documents: they go after everything else, and show nothing of how sales fare.
extension JobWorker {
    /// Documents whose files are asked for together, and jobs that are dropped together.
    private static let batch = 50
    /// The stream begins this much before the first sale: a till's clock, ours and the provider's differ.
    private static let margin: TimeInterval = 86_400

    /// Those in work that are not about documents.
    var ordinaryInWork: [Work: Priority] { inWork.filter { $0.value != .documents } }

    private var documentsInWork: Int { inWork.count - ordinaryInWork.count }

    /// How many jobs about documents may begin now.
    func documentAllowance(at now: Date) -> Int {
        guard documents != nil, health.policy.condition.isUp, !queue.hasOrdinaryWaiting else { return 0 }
        return documentPolicy.allowance(inWork: documentsInWork, at: now)
    }

    /// When documents may be asked for again.
    func documentsWake(after now: Date) -> Date? {
        documents != nil && documentPolicy.nextAt > now ? documentPolicy.nextAt : nil
    }

    /// Sees to it that the stream runs if it is to be followed, and that no job is owed that nobody wants.
    func prepareDocuments(at now: Date) async throws(OutboxError) {
        guard !areDocumentsPrepared else { return }
        let isStreaming = try await prepareStream(at: now)
        if documents?.tasks.archive == nil {
            while try await outbox.dropFileJobs(of: service.name, atMost: Self.batch) {}
        }
        areDocumentsPrepared = isStreaming
    }

    /// False while the stream is to be followed, and no sale is there whose documents it could tell.
    private func prepareStream(at now: Date) async throws(OutboxError) -> Bool {
        let state = try await outbox.streamState(of: service.name)
        guard let documents, documents.tasks.follows else {
            if state == .running { try await outbox.pauseStream(of: service.name) }
            return true
        }
        switch state {
        case .running: return true
        case .paused:
            try await outbox.resumeStream(of: service.name, at: now)
            return true
        case .notBegun(nil): return false
        case .notBegun(let firstSale?):
            let request = documents.provider.streamRequest(from: streamStart(firstSale: firstSale))
            try await outbox.beginStream(of: service.name, with: StreamRequest(request), at: now)
            logger.notice("document stream begun")
            return true
        }
    }

    /// A stream that begins too late would never tell of what came before: of several clocks the earliest counts.
    func streamStart(firstSale: Date) -> Date {
        var earliest = min(firstSale, clock.shown)
        if let theirs = service.lastTime { earliest = min(earliest, theirs.date) }
        return earliest - Self.margin
    }

    /// Makes jobs for files once none of their kind is left to begin. Returns whether there are new ones.
    ///
    /// - Parameters:
    ///   - begun: how many were just begun.
    ///   - allowed: how many could have been.
    func askForFiles(besides begun: Int, of allowed: Int, at now: Date) async throws(OutboxError) -> Bool {
        guard documents?.tasks.archive != nil, begun < allowed,
            try await !outbox.owesDocuments(service.name, moreThan: documentsInWork, at: now)
        else { return false }
        return try await outbox.askForFiles(of: service.name, at: now, atMost: Self.batch) > 0
    }

    func attemptDocuments(_ job: JobRecord) async throws(OutboxError) {
        // It was begun before the configuration changed.
        guard let documents else { return }
        try await DocumentAttempt(job: job, work: documents, worker: self).run()
    }

    // MARK: What their calls show

    func documentsSucceeded() { documentPolicy.succeeded() }

    /// Only what no job can have caused counts against the service as a whole.
    func documentsFailed(_ failure: ServiceFailure?, job: Int64, since mark: Int) async throws(OutboxError) {
        documentPolicy.failed(at: clock.now, jitter: .random(in: 0..<1), retryAfter: failure?.retryAfter)
        guard let failure, failure.disposition == .noAnswer(isServiceWide: true), health.policy.condition.isUp else {
            return
        }
        _ = try await callFailed(.job(job), failure, since: mark)
    }
}

extension StreamRequest {
    init(_ request: ServiceRequest) { self.init(bytes: request.bytes, context: request.context) }
}
