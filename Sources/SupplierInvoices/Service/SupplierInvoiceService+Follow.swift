import FaultPoints
import Foundation
import JSON
import OCRInvoice
public import RemoteServices
import Sales

// From a job that is processed to a reading beside its document. All of it can be repeated.
extension SupplierInvoiceService {
    /// The service read the document, and has nothing to show for it.
    public static let noResult = "OCRInvoice::NoResult"
    /// The link ended before the document was read.
    public static let linkOver = "OCRInvoice::LinkOver"

    public func follow(_ job: OwedJob) async -> StepOutcome {
        guard let job = SupplierJob(job) else { return SupplierJob.unreadable }
        guard let id = job.owed.remoteID else { return .lost(Self.unnamed) }
        do {
            if try await files.hasReading(of: job.document.digest) { return await clean(id, job) }
        } catch {
            return .failed(Self.failure(error))
        }
        switch await reader.show(id, of: job.form) {
        case .failed(let failure): return .failed(failure)
        case .gone(let failure): return await missing(failure, id, job)
        case .answered(let shown):
            switch shown.next(after: .accepted, since: job.context.earlier) {
            case .process, .wait: return wait(shown, id, job)
            case .fetchResults: return await fetch(shown, id, job)
            case .fail: return isOver(job) ? renewed(id, job) : .failed(reader.failure(of: shown))
            }
        }
    }

    private func wait(_ shown: OCRJob, _ id: String, _ job: SupplierJob) -> StepOutcome {
        // A service that has fetched the document needs no link any more.
        if isOver(job), case .created = shown.state, !shown.isAtWork(since: job.context.earlier) {
            return renewed(id, job)
        }
        return pending("\(title) is still at work on it", job)
    }

    private func pending(_ words: String, _ job: SupplierJob) -> StepOutcome {
        guard let pause = limits.pause(after: job.owed.search.absences) else {
            return .failed(
                ServiceFailure(
                    code: Self.noResult, message: "there were no results within \(limits.giveUpAfter)",
                    disposition: .reject))
        }
        return .absent(
            ServiceFailure(
                code: "OCRInvoice::Pending", message: words, disposition: .retry, retryAfter: pause))
    }

    /// One answer is no proof: a copy of the service's that is late may have given it. What the list still has is waited for.
    private func missing(_ failure: ServiceFailure, _ id: String, _ job: SupplierJob) async -> StepOutcome {
        do {
            guard case .found(let found) = try await reader.find(job.form) else { return anew(failure, id, job) }
            return found.id == id ? pending(failure.message, job) : anew(failure, found.id, job)
        } catch { return .failed(error) }
    }

    private func isOver(_ job: SupplierJob) -> Bool { (timeLeft(of: job.context) ?? .zero) <= .zero }

    private func renewed(_ id: String, _ job: SupplierJob) -> StepOutcome {
        let failure = ServiceFailure(
            code: Self.linkOver, message: "the link to the document ended before it was read", disposition: .retry)
        guard job.owed.search.repeats < SupplierInvoiceLimits.mostRepeats else {
            return .failed(
                ServiceFailure(
                    code: Self.linkOver,
                    message: "\(failure.message), \(SupplierInvoiceLimits.mostRepeats + 1) times",
                    disposition: .reject))
        }
        return .lost(failure, keeping: id)
    }

    // MARK: Results

    private func fetch(_ shown: OCRJob, _ id: String, _ job: SupplierJob) async -> StepOutcome {
        switch await reader.results(id, of: job.form) {
        // The job is done: only its results are late.
        case .failed(let failure) where failure.disposition == .retry: return pending(failure.message, job)
        case .failed(let failure): return .failed(failure)
        case .gone(let failure): return await missing(failure, id, job)
        case .answered(nil):
            return .failed(
                ServiceFailure(
                    code: Self.noResult, message: "\(title) read the document and has no results of it",
                    disposition: .reject))
        case .answered(let reading?):
            do {
                try await files.keepReading(
                    Self.file(of: shown, job.form, reading, keptAt: Date()), of: job.document.digest)
            } catch {
                return .failed(Self.failure(error))
            }
            FaultPoint.readingKept.pass()
            return await clean(id, job)
        }
    }

    /// What lies beside the document: the job, and what was read as it came, byte by byte.
    static func file(
        of shown: OCRJob, _ form: OCRJobForm, _ reading: SupplierInvoiceReading, keptAt: Date
    ) -> [UInt8] {
        let texts: [(String, String?)] = [
            ("id", shown.id), ("jobNumber", shown.number ?? form.number), ("status", shown.status),
            ("documentName", shown.documentName), ("createdAt", shown.createdAt), ("completedAt", shown.completedAt),
        ]
        var job = JSONObject()
        for (key, text) in texts { job[key] = text.map(JSONValue.string) ?? .null }
        let time = JSONValue.string(keptAt.formatted(.iso8601)).bytes
        return Array("{\"job\":".utf8) + JSONValue.object(job).bytes + Array(",\"results\":".utf8) + reading.bytes
            + Array(",\"kept_at\":".utf8) + time + Array("}\n".utf8)
    }

    // MARK: Afterwards

    /// The reading is on disk: nothing of the document stays outside.
    private func clean(_ id: String, _ job: SupplierJob) async -> StepOutcome {
        if let failure = await publisher.withdraw(job.context.name, of: job.document) {
            return .failed(failure.isFinal ? failure.neverFinal : failure)
        }
        if limits.deletesRemote, let failure = await reader.remove(id), !isFutile(failure, job) {
            return .failed(failure)
        }
        return .done(.filed)
    }

    /// A job that the service does not let go stays there: what was read of it is worth more to the shop.
    private func isFutile(_ failure: ServiceFailure, _ job: SupplierJob) -> Bool {
        failure.isFinal || limits.pause(after: job.owed.search.absences) == nil
    }

    private static let unnamed = ServiceFailure(
        code: "OCRInvoice::JobGone", message: "the job has no name at the service", disposition: .retry)
}

extension ServiceFailure {
    /// Whether it may end the job.
    fileprivate var isFinal: Bool {
        switch disposition {
        case .reject, .rejectUnexplained, .askProbe, .alreadyActed: true
        case .retry, .retrySeldom, .noAnswer, .holdAccount: false
        }
    }

    /// The same where nothing may end the job.
    fileprivate var neverFinal: ServiceFailure {
        ServiceFailure(code: code, message: message, disposition: .retrySeldom, retryAfter: retryAfter)
    }
}
