public import Foundation
import HTTPCalls
public import RemoteServices
public import Sales

/// Slime Document as a provider: `begin` makes the transaction, by the call for the sale's document, and `follow` asks for
/// its link (`show`).
public struct SlimeService: SaleProvider {
    public let name = ServiceName.slime
    public let title = "Slime"
    /// Their names in metrics.
    public static let calls = SlimeSubject.allCases.map(\.metric) + [file]
    /// A file, from where Slime says that it is.
    static let file = "file"

    let client: SlimeClient
    let signing: SigningClock
    let observer: ServiceObserver

    public init(client: SlimeClient, clock: ServiceClock, observer: ServiceObserver = ServiceObserver()) {
        self.client = client
        self.observer = observer
        signing = SigningClock(clock)
    }

    // MARK: A sale

    /// Every rule of Slime's page applies to every sale, and is checked before this.
    public func faults(of event: SaleEvent) -> [SaleFault] {
        guard event.sale.dueOn != nil else { return [] }
        return [SaleFault(pointer: "/due_on", detail: "Slime makes no bills for sales on credit: leave the member out")]
    }

    public func request(for event: SaleEvent) -> ServiceRequest {
        ServiceRequest(bytes: RegistrationData.bytes(for: event), context: RegistrationContext(of: event).text)
    }

    public var longestLink: String { SlimeLink.longest(at: client.endpoint.url) }

    // MARK: Steps

    public func begin(_ job: OwedJob) async -> StepOutcome {
        guard let context = RegistrationContext(job.request.context) else {
            return .failed(
                ServiceFailure(
                    code: "Gateway::InvalidContext", message: "it is not known which document the request is for",
                    disposition: .reject))
        }
        let type = context.documentType
        do {
            try await call(SlimeSubject(initiating: type)) { now throws(SlimeError) in
                try await client.initiate(type, data: job.request.bytes, issuedAt: now)
            }
            return .begun(remoteID: nil)
        } catch {
            let failure = error.failure(at: .initiate(type), namesItsTheme: context.namesItsTheme)
            return .failed(type.namesBuyer ? failure.withoutBuyer(of: job.request.bytes) : failure)
        }
    }

    public func follow(_ job: OwedJob) async -> StepOutcome {
        guard let id = TransactionID(job.key) else {
            return .failed(
                ServiceFailure(
                    code: "Gateway::InvalidKey", message: "the job's key is no transaction id", disposition: .reject))
        }
        let shown: ShownTransaction
        do {
            shown = try await call(.show) { now throws(SlimeError) in try await client.show(id, issuedAt: now) }
        } catch {
            let context = RegistrationContext(job.request.context)
            return .failed(error.failure(at: .show, namesItsTheme: context?.namesItsTheme ?? false))
        }
        guard let link = shown.serviceURL else {
            return .notYet(
                ServiceFailure(
                    code: "Gateway::NoServiceURL", message: "Slime registered the sale but gave no service_url yet",
                    disposition: .retry))
        }
        return .done(.link(link, total: shown.tradeValue))
    }

    // MARK: The account

    public func probe() async -> ServiceFailure? {
        do {
            try await call(.hello) { now throws(SlimeError) in try await client.hello(issuedAt: now) }
            return nil
        } catch {
            return error.failure(at: .hello)
        }
    }

    /// `test/hello` only checks the credentials: a balance, a certificate or a theme shows in a sale.
    public func probeReveals(_ code: String) -> Bool { code.hasPrefix("JWT::") }

    public func advice(for code: String?) -> String { SlimeAdvice.advice(for: code) }

    // MARK: The clock

    public var clockDrift: TimeInterval { signing.drift }

    public var lastTime: ServiceTime? {
        // A simulator on this very machine has no other clock to show.
        guard !client.isOnThisMachine, let heard = client.serverClock.latest else { return nil }
        return ServiceTime(date: heard.date, age: heard.age)
    }

    public func shutdown() async throws { try await client.shutdown() }

    // MARK: Calls

    /// One call, signed with Slime's time as far as it is known, and sent once more at once if the clock could be corrected.
    @discardableResult
    func call<Value: Sendable>(
        _ subject: SlimeSubject, _ send: (Date) async throws(SlimeError) -> Value
    ) async throws(SlimeError) -> Value {
        let (now, correction) = signing.time
        do {
            return try await counted(subject, at: now, send)
        } catch {
            guard case .exception(let exception) = error.kind, exception.meaning == .clock else { throw error }
            let (again, found) = signing.correct(by: error.serverDate, signedWith: correction)
            if let found { observer.clockDrifted(found) }
            guard again else { throw error }
        }
        do {
            return try await counted(subject, at: signing.time.now, send)
        } catch {
            signing.gaveUp()
            throw error
        }
    }

    private func counted<Value: Sendable>(
        _ subject: SlimeSubject, at time: Date, _ send: (Date) async throws(SlimeError) -> Value
    ) async throws(SlimeError) -> Value {
        do {
            let value = try await send(time)
            observer.called(subject.metric, nil)
            signing.succeeded()
            return value
        } catch {
            observer.called(subject.metric, error.outcome)
            throw error
        }
    }
}
