import Foundation
import Journey
import Logging
import Outbox
import RemoteServices
import Runtime
import Sales

// Jobs about documents: they go after everything else, and show nothing of how sales fare.
extension JobWorker {
    /// Documents whose files are asked for together, and jobs that are dropped together: a sale may wait for that commit.
    private static let batch = 20
    /// The stream begins this much before the first sale: a till's clock, ours and the provider's differ.
    private static let margin: TimeInterval = 86_400

    /// Those in work that share the places of sales.
    var ordinaryInWork: [Work: Priority] { inWork.filter(\.value.isOrdinary) }

    private var filesInWork: Int { documentsInWork.values.count { $0 == .documentFile } }

    /// Without a sale's call for so long, nobody is at the counter.
    private static let quiet: TimeInterval = 0.2
    /// Between jobs about documents while there is: processor, disk and line are the customers'.
    private static let pace: TimeInterval = 1

    /// How many jobs about documents may begin now.
    func documentAllowance(at now: Date) -> (streams: Int, files: Int) {
        guard documents != nil, health.policy.condition.isUp, !queue.hasOrdinaryWaiting else { return (0, 0) }
        let files = filesInWork
        let streams = streamPolicy.allowance(inWork: documentsInWork.count - files, at: now)
        let more = filePolicy.allowance(inWork: files, at: now)
        if isQuiet(at: now) { return (streams, more) }
        guard documentsInWork.isEmpty, now >= lastDocumentAt + Self.pace || lastDocumentAt > now else { return (0, 0) }
        return (streams, min(more, 1))
    }

    private func isQuiet(at now: Date) -> Bool {
        ordinaryInWork.isEmpty && (now >= lastCallAt + Self.quiet || lastCallAt > now)
    }

    /// When documents may be asked for again.
    func documentsWake(after now: Date) -> Date? {
        guard documents != nil else { return nil }
        var times = [streamPolicy.nextAt, filePolicy.nextAt]
        if !isQuiet(at: now) { times += [lastCallAt + Self.quiet, lastDocumentAt + Self.pace] }
        return times.filter { $0 > now }.min()
    }

    /// Sees to it that the stream runs if it is to be followed, and that no job is owed that nobody wants. If that fails, no
    /// sale waits for it: it is done another time.
    func prepareDocuments(at now: Date) async {
        guard !areDocumentsPrepared, streamPolicy.nextAt <= now else { return }
        do throws(OutboxError) {
            let isStreaming = try await prepareStream(at: now)
            if documents?.tasks.archive == nil {
                while try await outbox.dropFileJobs(of: service.name, atMost: Self.batch) {}
            }
            areDocumentsPrepared = isStreaming
        } catch {
            streamPolicy.failed(at: now, jitter: .random(in: 0..<1))
            if !Task.isCancelled {
                logger.error("documents cannot be followed", metadata: [LogKey.error: "\(error)"])
            }
        }
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

    /// Makes jobs for files once none of them is left to begin. Returns whether there are new ones.
    ///
    /// - Parameters:
    ///   - begun: how many were just begun.
    ///   - allowed: how many could have been.
    func askForFiles(besides begun: Int, of allowed: Int, at now: Date) async throws(OutboxError) -> Bool {
        guard documents?.tasks.archive != nil, begun < allowed,
            try await !outbox.owesFiles(service.name, moreThan: filesInWork, at: now)
        else { return false }
        return try await outbox.askForFiles(of: service.name, at: now, atMost: Self.batch) > 0
    }

    func attemptDocuments(_ job: JobRecord) async throws(OutboxError) {
        // It was begun before the configuration changed.
        guard let documents else { return }
        try await DocumentAttempt(job: job, work: documents, worker: self).run()
    }

    // MARK: What their calls show

    func documentsSucceeded(_ job: JobRecord) {
        if job.kind == .documentStream { streamPolicy.succeeded() } else { filePolicy.succeeded() }
    }

    /// Nothing counts against the service as a whole that a probe does not find as well: it may refuse many calls about
    /// documents, and take every sale.
    func documentsFailed(
        _ failure: ServiceFailure?, _ job: JobRecord, since mark: Int
    ) async throws(OutboxError) {
        let (now, jitter) = (clock.now, Double.random(in: 0..<1))
        if job.kind == .documentStream {
            streamPolicy.failed(at: now, jitter: jitter, retryAfter: failure?.retryAfter)
        } else {
            filePolicy.failed(at: now, jitter: jitter, retryAfter: failure?.retryAfter)
        }
        guard let failure, failure.disposition == .noAnswer(isServiceWide: true), health.policy.condition.isUp,
            let found = await service.probe(), found.disposition == .noAnswer(isServiceWide: true),
            health.policy.condition.isUp
        else { return }
        _ = try await callFailed(.healthCheck, found, since: mark)
    }
}

extension StreamRequest {
    init(_ request: ServiceRequest) { self.init(bytes: request.bytes, context: request.context) }
}
