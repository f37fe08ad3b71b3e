public import RemoteServices
import Sales

// The step that asks for the link of a document.
extension BillgateService {
    public func follow(_ job: OwedJob) async -> StepOutcome {
        guard let (_, wanted) = Self.reading(job) else { return .failed(Self.invalidContext) }
        guard let id = job.remoteID else {
            return .failed(
                ServiceFailure(
                    code: "Gateway::NoDocumentID",
                    message:
                        "it is not known which document at Billgate it is; kamkap retry ID --adopt DOCUMENT_ID says it",
                    disposition: .reject))
        }
        let shown: ShownDocument
        do { shown = try await show(wanted.kind, id) } catch {
            if error.kind == .status(404) {
                let gone = error.hiding(wanted.customer, unless: terms.walkIn)
                guard job.search.isAdopted else { return GoneRule.outcome(for: job, gone) }
                // A wrong address, or a proxy, answers so to everything.
                return .failed(await probe() == nil ? GoneRule.noSuchDocument(id) : gone.failure(at: .link))
            }
            return .failed(failure(error, at: .link, about: wanted))
        }
        if let outcome = another(shown, than: wanted, id) { return outcome }
        guard let link = shown.link else {
            return .notYet(
                ServiceFailure(
                    code: "Gateway::NoServiceURL", message: "Billgate made the document but gave no shareable_url yet",
                    disposition: .retry))
        }
        return .done(.link(link, total: shown.document.total, isBinding: true))
    }

    func show(_ kind: DocumentKind, _ id: String) async throws(BillgateError) -> ShownDocument {
        try await observer.counted(.show(kind)) { () async throws(BillgateError) in try await client.show(kind, id) }
    }

    /// A document under our id need not be ours: a person may have mistyped the id. Its link is a stranger's. nil if it is
    /// ours; a total alone that differs is for whoever compares totals.
    func another(_ shown: ShownDocument, than wanted: WantedDocument, _ id: String) -> StepOutcome? {
        let difference: String
        switch wanted.likeness(of: shown.document) {
        case .same, .contradicting(.total): return nil
        case .other: difference = "number"
        case .contradicting(let aspect): difference = aspect.rawValue
        }
        return .failed(
            ServiceFailure(
                code: "Billgate::AnotherDocument",
                message: "document \(id) has another \(difference) than this sale's: its link is never printed",
                disposition: .reject))
    }

    func failure(_ error: BillgateError, at step: BillgateStep, about wanted: WantedDocument) -> ServiceFailure {
        error.hiding(wanted.customer, unless: terms.walkIn).failure(at: step)
    }
}
