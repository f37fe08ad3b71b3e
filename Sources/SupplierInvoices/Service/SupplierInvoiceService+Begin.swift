import FaultPoints
import Foundation
import OCRInvoice
public import RemoteServices
import Sales

// Up to a job that is processed.
extension SupplierInvoiceService {
    public func begin(_ job: OwedJob) async -> StepOutcome {
        guard let job = SupplierJob(job) else { return SupplierJob.unreadable }
        switch (part(of: job), job.owed.remoteID) {
        case (.publish, _): return await publish(job)
        case (.look, let id?), (.act, let id?): return await process(id, job)
        case (.look, nil), (.act, nil): return await make(job)
        }
    }

    /// The reader makes a job, or looks for the one that may be there.
    private func make(_ job: SupplierJob) async -> StepOutcome {
        let life = timeLeft(of: job.context).map { max($0, .seconds(1)) } ?? publisher.life
        guard let link = publisher.link(to: job.context.name, of: job.document.type, for: life) else {
            return Self.noLink
        }
        return prepared(await reader.begin(job.owed, job.form, at: link), job.context)
    }

    /// Publishing, and giving a job its new link, can be repeated.
    public func onlyPrepares(_ job: OwedJob) -> Bool { SupplierJob(job).map { part(of: $0) == .publish } ?? true }

    /// What is next before results can be asked for.
    private enum Part {
        /// What an attempt of unknown end has done is found out, before there is another link.
        case look
        case publish
        /// A job is made, or processed.
        case act
    }

    private func part(of job: SupplierJob) -> Part {
        // Under a link that nobody was given, nothing was asked for.
        guard let left = timeLeft(of: job.context) else { return .publish }
        if RepeatRule.action(for: job.owed) == .look { return .look }
        return left < SupplierInvoiceLimits.shortestLink ? .publish : .act
    }

    /// What is left of the link; nil if the document is not published.
    func timeLeft(of context: SupplierInvoiceContext) -> Duration? {
        context.until.map { .seconds($0.timeIntervalSince(now())) }
    }

    private func prepared(_ outcome: StepOutcome, _ context: SupplierInvoiceContext) -> StepOutcome {
        switch outcome {
        case .begun(let id):
            FaultPoint.invoiceCreated.pass()
            return .prepared(remoteID: id, context: context.text)
        case .found(let id): return .prepared(remoteID: id, context: context.text)
        default: return outcome
        }
    }

    // MARK: Publish

    private func publish(_ job: SupplierJob) async -> StepOutcome {
        let document: PublishedDocument
        do {
            document = PublishedDocument(
                job.document, bytes: try await files.document(job.document.digest, job.document.type))
        } catch {
            return .failed(Self.failure(error))
        }
        let end = now() + publisher.life / .seconds(1)
        if let failure = await publisher.publish(document, as: job.context.name, until: end) { return .failed(failure) }
        FaultPoint.invoicePublished.pass()
        guard let id = job.owed.remoteID else {
            return .prepared(remoteID: nil, context: job.context.published(until: end, after: nil).text)
        }
        return await update(id, job, until: end)
    }

    /// Gives a job a link that works again. What it shows until it is processed again is the run before.
    private func update(_ id: String, _ job: SupplierJob, until end: Date) async -> StepOutcome {
        guard let link = publisher.link(to: job.context.name, of: job.document.type, for: publisher.life) else {
            return Self.noLink
        }
        switch await reader.show(id, of: job.form) {
        case .failed(let failure): return .failed(failure)
        case .gone(let failure): return await lookAgain(failure, job)
        case .answered(let shown):
            switch await reader.update(id, job.form, at: link) {
            case .failed(let failure): return .failed(failure)
            case .gone(let failure): return await lookAgain(failure, job)
            case .answered:
                return .prepared(
                    remoteID: id, context: job.context.published(until: end, after: shown.completedAt).text)
            }
        }
    }

    /// The service does not have the job any more, as far as it says: what was asked for begins again with a look for it.
    func anew(_ failure: ServiceFailure, _ id: String, _ job: SupplierJob) -> StepOutcome {
        job.owed.search.repeats < SupplierInvoiceLimits.mostRepeats ? .lost(failure, keeping: id) : madeOften(failure)
    }

    private func madeOften(_ failure: ServiceFailure) -> StepOutcome {
        .failed(
            ServiceFailure(
                code: failure.code,
                message: "\(failure.message); it was lost \(SupplierInvoiceLimits.mostRepeats) times",
                disposition: .reject))
    }

    // MARK: Process

    /// Processing may cost: it is asked for only if the job shows no sign of it.
    private func process(_ id: String, _ job: SupplierJob) async -> StepOutcome {
        let earlier = job.context.earlier
        switch await reader.show(id, of: job.form) {
        case .failed(let failure): return .failed(failure)
        case .gone(let failure): return await lookAgain(failure, job)
        case .answered(let shown) where isFailureOfOthers(shown, job):
            // It gets a link that works, and what it shows until then is the run before.
            return .prepared(remoteID: id, context: job.context.withoutLink.text)
        case .answered(let shown):
            // Another gateway of the shop may have asked, or this one before its database was lost.
            guard shown.next(after: asked(job), since: earlier) == .process else {
                return shown.isAtWork(since: earlier) || shown.isOver(since: earlier)
                    ? .begun(remoteID: id) : untouched(id, job)
            }
        }
        switch await reader.process(id, of: job.form, since: earlier) {
        case .answered:
            FaultPoint.invoiceProcessed.pass()
            return .begun(remoteID: id)
        case .failed(let failure): return .failed(failure)
        case .gone(let failure): return await lookAgain(failure, job)
        }
    }

    /// Nobody here has asked for the run that failed.
    private func isFailureOfOthers(_ shown: OCRJob, _ job: SupplierJob) -> Bool {
        !job.owed.mayHaveActed && shown.state == .failed && shown.completedAt != nil
            && shown.isOver(since: job.context.earlier)
    }

    private func asked(_ job: SupplierJob) -> OCRProcessing {
        guard job.owed.mayHaveActed else { return .notAsked }
        return .unanswered(ago: RepeatRule.action(for: job.owed) == .look ? .zero : OCRJob.unknownSettling)
    }

    /// It was asked for, and nothing shows it.
    private func untouched(_ id: String, _ job: SupplierJob) -> StepOutcome {
        // Once more is enough: a service that shows nothing of its work is waited for.
        guard job.owed.search.repeats == 0 else { return .begun(remoteID: id) }
        guard case .absent(let failure) = RepeatRule.absent(job.owed, at: title) else { return .begun(remoteID: id) }
        return .absent(
            ServiceFailure(
                code: failure.code, message: "\(title) shows nothing of its work on it yet", disposition: .retry,
                retryAfter: failure.retryAfter.map { _ in OCRJob.unknownSettling }))
    }

    /// One answer is no proof that a job is gone: it is looked for twice before it is made again.
    private func lookAgain(_ failure: ServiceFailure, _ job: SupplierJob) async -> StepOutcome {
        guard job.owed.search.repeats < SupplierInvoiceLimits.mostRepeats else { return madeOften(failure) }
        return await make(job)
    }

    // MARK: Failures

    static func failure(_ error: SupplierFolderError) -> ServiceFailure {
        switch error.code {
        // Its row is there before the file comes to its place.
        case .missing:
            ServiceFailure(
                code: "Gateway::DocumentMissing", message: error.message, disposition: .retry, retryAfter: .seconds(5),
                isOwn: true)
        case .full, .unusable:
            ServiceFailure(
                code: "Gateway::FolderUnusable", message: error.message, disposition: .retry, retryAfter: .seconds(30),
                isOwn: true)
        }
    }

    private static let noLink = StepOutcome.failed(
        ServiceFailure(
            code: "Gateway::Unusable", message: "the address at which documents are published makes no link",
            disposition: .holdAccount))
}
