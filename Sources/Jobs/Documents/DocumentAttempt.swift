import FaultPoints
import Foundation
import Journey
import Logging
import Outbox
import RemoteServices
import Runtime
import Sales
import ServiceLifecycle

/// One attempt at a job about documents, which is on disk as begun.
///
/// No such job is ever rejected: nobody would see it. It is tried again, if seldom, and an alarm says when the archive
/// falls behind.
struct DocumentAttempt {
    /// Larger than any document of a sale, and small enough to be held in memory.
    private static let largestFile = 32 << 20
    /// By then it is more than a hiccup.
    private static let attemptsUntilTold = 5
    /// Between parts of the stream that bring nothing new.
    private static let rest: TimeInterval = 1

    let job: JobRecord
    let work: DocumentWork
    let worker: JobWorker

    func run() async throws(OutboxError) {
        let hasPlace = await worker.enterCalls(job)
        guard hasPlace, !Task.isCancelled else {
            if hasPlace { await worker.leaveCalls(.job(job.seq)) }
            return try await withdraw()
        }
        do throws(OutboxError) {
            try await takeStep()
        } catch {
            await worker.leaveCalls(.job(job.seq))
            throw error
        }
        await worker.leaveCalls(.job(job.seq))
    }

    private func takeStep() async throws(OutboxError) {
        let mark = await worker.mark
        switch job.kind {
        case .documentStream: try await follow(since: mark)
        case .documentFile: try await archive(since: mark)
        case .registration, .saleInvoice, .withdrawal, .slip, .supplierInvoice: try await withdraw()
        }
    }

    private func withdraw() async throws(OutboxError) {
        try await worker.outbox.apply([.withdrawn], toJob: job.seq, at: worker.clock.now)
    }

    // MARK: The stream

    private func follow(since mark: Int) async throws(OutboxError) {
        let request = ServiceRequest(bytes: job.request, context: job.context)
        let page: DocumentPage
        switch await call({ () throws(DocumentFailure) in try await work.provider.documents(request) }) {
        case .success(let answer): page = answer
        case .failure(let failure) where failure.kind == .tokenRefused: return try await startAgain(request)
        case .failure(let failure): return try await putOff(failure, since: mark)
        }
        FaultPoint.streamAnswered.pass()
        await worker.documentsSucceeded(job)
        let now = worker.clock.now
        let count = try await worker.outbox.keep(
            StreamPart(
                documents: page.documents, unreadable: page.unreadable, next: StreamRequest(page.next),
                due: page.isLast ? now + work.tasks.poll.inSeconds : now,
                dueWithoutNews: now + (page.isLast ? work.tasks.poll.inSeconds : Self.rest)),
            ofJob: job.seq, at: now)
        FaultPoint.streamWritten.pass()
        report(count, of: page)
    }

    /// Not the ids: those that are strange are other stores', and those that cannot be read may be anything.
    private func report(_ count: StreamCount, of page: DocumentPage) {
        if page.unreadable > 0 {
            worker.logger.warning(
                "documents without a valid id passed over", metadata: [LogKey.count: "\(page.unreadable)"])
        }
        guard !page.documents.isEmpty else { return }
        worker.logger.debug(
            "documents followed",
            metadata: [LogKey.count: "\(count.new)", LogKey.passedOver: "\(count.strange)"])
    }

    /// The provider does not know any more where the stream stood. Documents that are known already come again, and
    /// change nothing.
    private func startAgain(_ request: ServiceRequest) async throws(OutboxError) {
        var again = work.provider.replayRequest(for: request)
        if again == nil {
            let first = try await worker.outbox.firstSale() ?? worker.clock.shown
            again = work.provider.streamRequest(from: await worker.streamStart(firstSale: first))
        }
        guard let again else { return try await withdraw() }
        let now = worker.clock.now
        // Not at once: a provider that refuses each of its own tokens must not be asked without a pause.
        _ = try await worker.outbox.keep(
            StreamPart(next: StreamRequest(again), due: now + work.tasks.poll.inSeconds),
            ofJob: job.seq, at: now)
        worker.logger.notice("document stream begins again from an earlier time")
    }

    // MARK: A file

    private enum Fetched {
        case kept
        case failed(DocumentFailure)
        case refused(ArchiveError)
    }

    private func archive(since mark: Int) async throws(OutboxError) {
        guard let archive = work.tasks.archive, let file = DocumentFile(job.key),
            let document = try await worker.outbox.document(file.document)
        else { return try await withdraw() }
        switch await fetch(file, of: try await dated(document), into: archive) {
        case .kept:
            FaultPoint.fileArchived.pass()
            try await worker.outbox.fileArchived(job: job.seq)
            await worker.documentsSucceeded(job)
        case .failed(let failure): try await putOff(failure, since: mark)
        case .refused(let error):
            if await worker.isStopping || Task.isCancelled { return try await withdraw() }
            try await worker.documentsFailed(nil, job, since: mark)
            try await putOff(Failure(error, at: worker.clock.now), .sale)
        }
    }

    /// The stream may have told of a document before it was made: its time says in which folder it belongs.
    private func dated(_ document: SaleDocument) async throws(OutboxError) -> SaleDocument {
        guard document.record.readiedAt == nil, document.record.archived.isEmpty else { return document }
        let id = document.record.id
        let answer = await call { () throws(DocumentFailure) in try await work.provider.document(id) }
        guard case .success(let found) = answer, found.isReady, found.readiedAt != nil else { return document }
        return try await worker.outbox.date(found) ?? document
    }

    private func fetch(_ file: DocumentFile, of document: SaleDocument, into archive: any DocumentArchive) async
        -> Fetched
    {
        let place = ArchivedFile(file, readiedAt: document.record.readiedAt)
        do throws(ArchiveError) {
            // It may have been written before a crash, and not recorded.
            if try await archive.holds(place) { return .kept }
            let answer = await call { () throws(DocumentFailure) in
                try await work.provider.file(file.form, of: document.provided, atMost: Self.largestFile)
            }
            switch answer {
            case .success(let bytes):
                try await archive.keep(bytes, as: place)
                return .kept
            case .failure(let failure): return .failed(failure)
            }
        } catch {
            return .refused(error)
        }
    }

    // MARK: Failures

    /// A stop does not wait for what comes slowly.
    private func call<Value: Sendable>(
        _ body: @escaping @Sendable () async throws(DocumentFailure) -> Value
    ) async -> Result<Value, DocumentFailure> {
        await cancelWhenGracefulShutdown {
            do throws(DocumentFailure) { return .success(try await body()) } catch { return .failure(error) }
        }
    }

    private func putOff(_ failure: DocumentFailure, since mark: Int) async throws(OutboxError) {
        // It was given up, and has not failed.
        if await worker.isStopping || Task.isCancelled { return try await withdraw() }
        let backoff = try await backoff(after: failure, since: mark)
        try await putOff(
            Failure(failure.failure, at: worker.clock.now), backoff, minimum: failure.failure.retryAfter)
    }

    private func putOff(
        _ reason: Failure, _ backoff: Backoff, minimum: Duration? = nil
    ) async throws(OutboxError) {
        let delay = backoff.delay(failures: job.machine.attempts, jitter: .random(in: 0..<1), minimum: minimum)
        try await worker.outbox.apply(
            [.deferred(reason, until: reason.at + delay.inSeconds, mayHaveActed: false)], toJob: job.seq, at: reason.at)
        // Not the message: it may quote what the service was sent.
        worker.logger.log(
            level: job.machine.attempts == Self.attemptsUntilTold ? .warning : .debug, "documents put off",
            metadata: job.identity.merging([
                LogKey.jobKind: "\(job.kind.rawValue)", LogKey.attempts: "\(job.machine.attempts)",
                LogKey.errorCode: "\(reason.code)",
            ]) { own, _ in own })
    }

    /// How long this job waits; the worker learns what the failure means for the others.
    private func backoff(after failure: DocumentFailure, since mark: Int) async throws(OutboxError) -> Backoff {
        switch failure.kind {
        // Answers about this one document.
        case .notYet: return .sale
        case .absent: return .unknownCode
        case .unusableFile, .tokenRefused:
            try await worker.documentsFailed(nil, job, since: mark)
            return .unknownCode
        case .failed:
            try await worker.documentsFailed(failure.failure, job, since: mark)
            return try await backoff(after: failure.failure)
        }
    }

    /// The account is held only for what a probe meets as well, and so can show as corrected. For anything else only a sale
    /// could release it, and sales may not be refused at all.
    private func backoff(after failure: ServiceFailure) async throws(OutboxError) -> Backoff {
        let reason = Failure(failure, at: worker.clock.now)
        switch failure.disposition {
        case .retry, .noAnswer: return .sale
        case .holdAccount, .askProbe:
            if let found = await worker.service.probe(), found.code == failure.code { try await worker.hold(reason) }
        case .retrySeldom, .alreadyActed, .reject, .rejectUnexplained: break
        }
        return .unknownCode
    }
}

extension Failure {
    fileprivate init(_ error: ArchiveError, at now: Date) {
        self.init(code: error.code.rawValue, message: error.message, at: now)
    }
}
