public import Foundation
import HTTPCalls
public import RemoteServices
public import Sales

/// Billgate as a provider: `begin` makes the sale's document, and `follow` asks for its link.
///
/// Billgate cannot tell a repeat. So after an attempt of unknown end the document is looked for before it is made again
/// (``RepeatRule``).
public struct BillgateService: SaleProvider {
    public let name = ServiceName.billgate
    public let title = "Billgate"
    /// Their names in metrics.
    public static let calls = BillgateCall.metrics

    /// A new document may be missing from lists for so long.
    public var settling: Duration? { .seconds(20) }

    let client: BillgateClient
    let terms: BillgateTerms
    let observer: ServiceObserver

    public init(client: BillgateClient, terms: BillgateTerms, observer: ServiceObserver = ServiceObserver()) {
        self.client = client
        self.terms = terms
        self.observer = observer
    }

    // MARK: A sale

    public func faults(of event: SaleEvent) -> [SaleFault] { RequestRules(event: event).faults }

    public func request(for event: SaleEvent) -> ServiceRequest {
        ServiceRequest(
            bytes: RegistrationRequest(event, under: terms).bytes, context: RegistrationContext(of: event.sale).text)
    }

    public var longestLink: String { BillgateLink.longest(at: client.endpoint.url) }

    // MARK: Steps

    public func begin(_ job: OwedJob) async -> StepOutcome {
        guard let context = RegistrationContext(job.request.context),
            let wanted = WantedDocument(job.request.bytes, kind: context.kind)
        else {
            return .failed(
                ServiceFailure(
                    code: "Gateway::InvalidContext", message: "it is not known which document the request is for",
                    disposition: .reject))
        }
        return switch RepeatRule.action(for: job) {
        case .act: await make(wanted, job, branch: context.branch)
        case .look: await look(for: wanted, job)
        }
    }

    private func make(_ wanted: WantedDocument, _ job: OwedJob, branch: BranchID?) async -> StepOutcome {
        var customer: String?
        if let branch {
            do { customer = try await customerID(of: wanted, branch: branch) } catch {
                return failed(error, at: .customer, about: wanted)
            }
        }
        do {
            let id = try await counted(.create(wanted.kind)) { () async throws(BillgateError) in
                try await client.create(wanted.kind, job.request.bytes, for: customer)
            }
            return .begun(remoteID: id)
        } catch {
            guard error.kind == .status(409) else { return failed(error, at: .create, about: wanted) }
            return await existing(wanted, job, refusedWith: error)
        }
    }

    /// Billgate says that there is such a document already.
    private func existing(
        _ wanted: WantedDocument, _ job: OwedJob, refusedWith refusal: BillgateError
    ) async -> StepOutcome {
        switch await finding(wanted) {
        case .success(.found(let id)):
            if job.mayHaveActed { return .begun(remoteID: id) }
            return .failed(
                ServiceFailure(
                    code: refusal.code, message: "Billgate has document \(id) with its number, and nobody here made it",
                    disposition: .alreadyActed))
        case .success(.absent), .success(.contradicting), .success(.unknown):
            return failed(refusal, at: .create, about: wanted)
        case .failure(let error): return failed(error, at: .find, about: wanted)
        }
    }

    private func failed(_ error: BillgateError, at step: BillgateStep, about wanted: WantedDocument) -> StepOutcome {
        .failed(error.hiding(wanted.customer, unless: terms.walkIn).failure(at: step))
    }

    private func look(for wanted: WantedDocument, _ job: OwedJob) async -> StepOutcome {
        return switch await finding(wanted) {
        case .success(.found(let id)): .begun(remoteID: id)
        case .success(.absent): RepeatRule.absent(job, at: title)
        case .success(.contradicting(let id)):
            RepeatRule.unknown("document \(id) has its number, and another name or customer", at: title)
        case .success(.unknown):
            RepeatRule.unknown(
                "the list has more than billgate.look_up_pages = \(terms.lookUpPages) pages, or changes while it is read",
                at: title)
        case .failure(let error): failed(error, at: .find, about: wanted)
        }
    }

    private func finding(_ wanted: WantedDocument) async -> Result<DocumentSearch.Finding, BillgateError> {
        var search = DocumentSearch(for: wanted, limit: terms.lookUpPages) { offset async throws(BillgateError) in
            try await counted(.list(wanted.kind)) { () async throws(BillgateError) in
                try await client.page(of: wanted.kind, from: offset, on: wanted.issueDay)
            }
        }
        do { return .success(try await search.run()) } catch { return .failure(error) }
    }

    public func follow(_ job: OwedJob) async -> StepOutcome {
        guard let kind = RegistrationContext(job.request.context)?.kind, let id = job.remoteID else {
            return .failed(
                ServiceFailure(
                    code: "Gateway::NoDocumentID",
                    message:
                        "it is not known which document at Billgate it is; kamkap retry ID --adopt DOCUMENT_ID says it",
                    disposition: .reject))
        }
        let shown: ShownDocument
        do {
            shown = try await counted(.show(kind)) { () async throws(BillgateError) in try await client.show(kind, id) }
        } catch {
            if error.kind == .status(404) { return GoneRule.outcome(for: job, error) }
            return .failed(error.failure(at: .link))
        }
        guard let link = shown.link else {
            return .notYet(
                ServiceFailure(
                    code: "Gateway::NoServiceURL", message: "Billgate made the document but gave no shareable_url yet",
                    disposition: .retry))
        }
        return .done(.link(link, total: shown.total, isBinding: true))
    }

    // MARK: The account

    public func probe() async -> ServiceFailure? {
        do {
            try await counted(.probe) { () async throws(BillgateError) in try await client.checkAccount() }
            return nil
        } catch {
            return error.failure(at: .probe)
        }
    }

    /// `authorized` shows the key and the endpoint: what is owed, or wrong with every request, shows in a sale.
    public func probeReveals(_ code: String) -> Bool {
        ["Billgate::401", "Billgate::403", "Billgate::404", "Gateway::Unusable"].contains(code)
    }

    public func advice(for code: String?) -> String { BillgateAdvice.advice(for: code) }

    // MARK: The clock

    public var clockDrift: TimeInterval { 0 }

    public var lastTime: ServiceTime? {
        // A simulator on this very machine has no other clock to show.
        guard !client.isOnThisMachine, let heard = client.serverClock.latest else { return nil }
        return ServiceTime(date: heard.date, age: heard.age)
    }

    public func shutdown() async throws { try await client.shutdown() }

    // MARK: Calls

    func counted<Value: Sendable>(
        _ call: BillgateCall, _ send: () async throws(BillgateError) -> Value
    ) async throws(BillgateError) -> Value {
        do {
            let value = try await send()
            observer.called(call.metric, nil)
            return value
        } catch {
            observer.called(call.metric, error.outcome)
            throw error
        }
    }
}
