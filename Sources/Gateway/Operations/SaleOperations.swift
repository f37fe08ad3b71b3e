import FaultPoints
import Foundation
public import Journey
public import Monitoring
public import Outbox
public import RemoteServices
import Runtime
public import Sales

/// How a sale came in.
public enum SaleSource: Sendable {
    /// From a till that waits for the answer; who it is, for the log.
    case till(String)
    /// From a file; thousands may be there at once.
    case spool

    fileprivate var priority: Priority {
        switch self {
        case .till: .till
        case .spool: .spool
        }
    }

    fileprivate var name: String {
        switch self {
        case .till(let peer): peer
        case .spool: "spool"
        }
    }
}

/// What tills and staff ask of sales. Every sale comes in here, from a socket or the spool.
public struct SaleOperations: Sendable {
    public let routing: PrinterRouting
    let outbox: Outbox
    public let providers: ProviderSet
    let decoder: SaleDecoder
    let clock: GatewayClock
    private let qrDeadline: Duration
    private let meters: GatewayMeters
    private let diskSpace: DiskSpace
    private let clockMonitor: ClockMonitor

    public init(
        outbox: Outbox, providers: ProviderSet, configuration: GatewayConfiguration,
        environment: GatewayEnvironment = GatewayEnvironment(), meters: GatewayMeters = GatewayMeters()
    ) {
        self.outbox = outbox
        self.providers = providers
        self.meters = meters
        routing = configuration.routing
        qrDeadline = configuration.qrDeadline
        decoder = SaleDecoder(defaults: configuration.saleDefaults)
        clock = environment.clock
        clockMonitor = environment.clockMonitor
        diskSpace = environment.diskSpace
    }

    /// Why no sale can be taken now; nil if one can.
    public var hindrance: String? {
        guard outbox.isOpen else { return "the database has failed; the gateway is stopping" }
        return diskSpace.shortage ?? clockFault(by: clockMonitor.evidence)
    }

    /// Why the machine's clock makes every sale wait; nil while it does not.
    private func clockFault(by evidence: ClockEvidence) -> String? {
        guard let fault = evidence.fault, fault.stopsSales else { return nil }
        return fault.refusal(shown: evidence.shown)
    }

    /// Whether anything may be deleted because of its age.
    public var deletion: DeletionTrust { clockMonitor.deletion }

    /// Whether refused spool files exist that nobody has acknowledged.
    public func hasUnseenRejectedFiles() async throws(OutboxError) -> Bool {
        try await outbox.hasIncident(Incident.spoolRejected)
    }

    /// How long a till waits before it sends a sale again that the clock made wait: NTP may have come meanwhile.
    private static let clockPause: Duration = .seconds(15)

    /// Takes a sale. Returns after it is safely on disk.
    ///
    /// - Parameter source: if many sales come at once, those from tills go first.
    public func accept(
        _ bytes: [UInt8], from source: SaleSource
    ) async throws(OperationError) -> (view: SaleView, isNew: Bool) {
        do throws(OperationError) {
            let accepted = try await take(bytes, from: source)
            meters.handedIn(accepted.isNew ? .accepted : .repeated)
            return accepted
        } catch {
            meters.handedIn(.init(error))
            throw error
        }
    }

    private func take(
        _ bytes: [UInt8], from source: SaleSource
    ) async throws(OperationError) -> (view: SaleView, isNew: Bool) {
        let now = clock.now
        let event: SaleEvent
        let evidence = clockMonitor.evidence
        let clockFault = clockFault(by: evidence)
        do {
            // A till's date is compared with our clock only if our clock is not itself at fault.
            event =
                try clockFault == nil
                ? decoder.decode(bytes, receivedAt: evidence.latest, checking: faults)
                : decoder.decode(kept: bytes, checking: faults)
        } catch {
            // A sale that was valid when it first came is the same sale still, whatever the configuration says by now.
            if let kept = await keptSale(sentAs: bytes) { return (kept, false) }
            throw OperationError(error)
        }
        if let shortage = diskSpace.shortage {
            if let kept = await keptSale(sentAs: bytes) { return (kept, false) }
            throw .diskFull(shortage)
        }
        if let clockFault {
            if let kept = await keptSale(sentAs: bytes) { return (kept, false) }
            throw .unavailable(clockFault, retryAfter: Self.clockPause)
        }
        let sale = event.sale
        let printer = sale.receipt.printer ?? routing.printer(forTerminal: sale.terminalID)
        let new = NewSale(
            event: event, registration: Self.registrationJob(for: event, at: providers.current),
            printer: sale.receipt.prints ? printer : nil,
            arrival: .init(
                from: source.name, source.priority, at: now,
                liveUntil: now.addingTimeInterval(qrDeadline.inSeconds)))
        do {
            FaultPoint.saleChecked.pass()
            let acceptance = try await outbox.accept(new)
            FaultPoint.saleKept.pass()
            switch acceptance {
            case .new(let record):
                clockMonitor.observe(saleReceivedAt: record.receivedAt)
                return (try await view(record), true)
            case .same(let record): return (try await view(record), false)
            case .conflict: throw OperationError.conflict(sale.id)
            }
        } catch let error as OutboxError {
            if error.code == .full { throw .diskFull(diskSpace.recordFull()) }
            throw OperationError(error)
        } catch let refusal as OperationError {
            throw refusal
        } catch {
            throw .unavailable("the sale could not be kept", retryAfter: .seconds(5))
        }
    }

    /// - Parameters:
    ///   - change: what staff have said of the sale's buyer; the event has it already.
    ///   - sent: what the provider may have acted on already.
    static func registrationJob(
        for event: SaleEvent, at provider: any SaleProvider, changedBy change: BuyerChange? = nil,
        keeping sent: ServiceRequest? = nil
    ) -> NewJob {
        let request = sent.map { provider.request(for: event, keeping: $0) } ?? provider.request(for: event)
        var job = NewJob(
            kind: .registration, service: provider.name, key: event.sale.id.text, request: request.bytes,
            context: request.context)
        job.buyerChange = change
        job.tellsRepeats = provider.settling == nil
        return job
    }

    /// What the store and its provider do not accept, beyond what no sale may have.
    private func faults(of event: SaleEvent) -> [SaleFault] {
        var faults = providers.current.faults(of: event)
        if let name = event.sale.receipt.printer, !routing.names.contains(name) {
            faults.append(SaleFault(pointer: "/receipt/printer", detail: routing.fault(of: name)))
        }
        return faults
    }

    private func keptSale(sentAs bytes: [UInt8]) async -> SaleView? {
        guard let identity = SaleDecoder.identity(of: bytes),
            let kept = try? await outbox.kept(identity.id), kept.event == identity.canonicalBytes
        else { return nil }
        return try? await sale(identity.id)
    }

    /// A sale in its present state.
    public func sale(_ id: TransactionID) async throws(OperationError) -> SaleView {
        do { return try await view(try await outbox.sale(id)) } catch {
            throw OperationError(error)
        }
    }

    func view(_ record: SaleRecord) async throws(OutboxError) -> SaleView {
        var view = SaleView(
            record, account: try await outbox.account(of: record.registration.provider), shownAhead: clock.shownAhead)
        if let invoice = record.invoice { view.invoice = try await self.view(invoice) }
        for slip in record.slips {
            view.slips.append(
                SlipView(slip, account: try await outbox.account(of: slip.service), shownAhead: clock.shownAhead))
        }
        return view
    }

    func view(_ invoice: SaleInvoice) async throws(OutboxError) -> InvoiceView {
        InvoiceView(invoice, account: try await outbox.account(of: invoice.provider), shownAhead: clock.shownAhead)
    }

    /// Sales, newest first, and where the next page begins.
    ///
    /// - Parameters:
    ///   - filter: its registration is not read.
    ///   - registration: as it is shown, which depends on the account.
    public func sales(
        _ filter: SaleFilter, registration: RegistrationState?, before: Int64?, limit: Int
    ) async throws(OperationError) -> (views: [SaleView], next: Int64?) {
        do {
            guard let filter = try await self.filter(filter, showing: registration) else { return ([], nil) }
            let page = try await outbox.sales(filter, before: before, limit: limit)
            var views: [SaleView] = []
            for record in page.sales { views.append(try await view(record)) }
            return (views, page.next)
        } catch {
            throw OperationError(error)
        }
    }

    /// Nil if no sale is shown so.
    private func filter(
        _ filter: SaleFilter, showing registration: RegistrationState?
    ) async throws(OutboxError) -> SaleFilter? {
        var filter = filter
        switch registration {
        case nil: filter.registration = nil
        case .ready: filter.registration = .ready
        case .rejected: filter.registration = .rejected
        case .pending, .held:
            // Either all sales that are owed to a provider are held, or none is.
            var shown: [ServiceName] = []
            for name in providers.names {
                let isHeld = try await outbox.account(of: name).condition == .held
                if isHeld == (registration == .held) { shown.append(name) }
            }
            guard !shown.isEmpty else { return nil }
            filter.registration = .pending
            filter.providers = shown.count == providers.names.count ? nil : shown
        }
        return filter
    }
}
