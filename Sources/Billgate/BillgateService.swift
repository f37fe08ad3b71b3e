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
    public static let calls = BillgateCall.metrics + [file]

    /// A new document may be missing from lists for so long.
    public var settling: Duration? { .seconds(20) }

    let client: BillgateClient
    let terms: BillgateTerms
    let observer: ServiceObserver

    let sweep: SharedSweep
    let customers: CustomerRecords

    public init(client: BillgateClient, terms: BillgateTerms, observer: ServiceObserver = ServiceObserver()) {
        self.client = client
        self.terms = terms
        self.observer = observer
        sweep = SharedSweep(limit: terms.lookUpPages) { list, offset, size async throws(BillgateError) in
            try await observer.counted(.list(list.kind)) { () async throws(BillgateError) in
                try await client.page(of: list, from: offset, size: size)
            }
        }
        customers = CustomerRecords(client: client, observer: observer)
    }

    public func resumeAfterInterruption() async { await customers.resumeAfterInterruption() }

    // MARK: A sale

    public func faults(of event: SaleEvent) -> [SaleFault] { RequestRules(event: event).faults }

    public func request(for event: SaleEvent) -> ServiceRequest {
        RegistrationRequest(event, under: terms).kept
    }

    public func request(for event: SaleEvent, keeping kept: ServiceRequest) -> ServiceRequest {
        RegistrationRequest(event, under: terms, numberPrefix: RegistrationContext(kept.context)?.numberPrefix).kept
    }

    public var longestLink: String { BillgateLink.longest(at: client.endpoint.url) }

    // MARK: The account

    public func probe() async -> ServiceFailure? {
        do {
            try await observer.counted(.probe) { () async throws(BillgateError) in try await client.checkAccount() }
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
}
