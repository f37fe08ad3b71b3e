import Foundation
import Journey
public import Outbox
public import Runtime
public import Sales
import Synchronization

/// Sees every commit, and informs the readers of events and the meters.
///
/// It is the one place for that: code that writes to the outbox need not think of it, and events come after the
/// commits, in their order.
public final class EventPublisher: Sendable {
    fileprivate struct State {
        /// As last told of; a service that is not named is up.
        var accounts: [ServiceName: AccountState] = [:]
        var condition: GatewayEvent.Gateway.State = .up
        var since: Date
    }

    private let events: EventHub
    private let printers: @Sendable () -> [PrinterCondition]
    private let meters: GatewayMeters
    private let saleLog: SaleLog?
    private let clock: GatewayClock
    private let startedAt: Date
    /// The service whose account is the gateway's own state.
    private let provider: ServiceName
    private let state: Mutex<State>

    /// - Parameters:
    ///   - printers: each printer's state.
    ///   - saleLog: gets every commit as well.
    public init(
        events: EventHub, printers: @escaping @Sendable () -> [PrinterCondition], provider: ServiceName,
        meters: GatewayMeters, saleLog: SaleLog? = nil, clock: GatewayClock = .system
    ) {
        self.provider = provider
        self.saleLog = saleLog
        self.events = events
        self.printers = printers
        self.meters = meters
        self.clock = clock
        startedAt = clock.shown
        state = Mutex(State(since: startedAt))
    }

    /// Watches `outbox` from now on. Nobody else may be writing to it yet.
    public func follow(_ outbox: Outbox) async throws(OutboxError) {
        let accounts = try await outbox.accounts()
        state.withLock { state in
            for (service, account) in accounts where state.keep(account, of: service) && service == provider {
                state.show(account, at: startedAt, shownAhead: clock.shownAhead)
            }
        }
        outbox.changes.observe { [self] changes in
            for change in changes { publish(change) }
        }
    }

    /// A reader of future events, and the present state; nil while there are too many readers.
    ///
    /// Both may report a change that happens between the two.
    public func reader() -> (reader: EventReader, standing: [GatewayEvent])? {
        guard let reader = events.reader() else { return nil }
        return (reader, [gateway()] + printers().map { .printer($0) })
    }

    /// The gateway's present state.
    ///
    /// - Parameter dropped: how many events this reader missed.
    public func gateway(dropped: Int = 0) -> GatewayEvent {
        state.withLock { gateway($0, dropped: dropped) }
    }

    /// The gateway has been asked to stop.
    public func stopping() {
        state.withLock { state in
            state.condition = .stopping
            state.since = clock.shown
            events.publish(gateway(state))
        }
    }

    private func gateway(_ state: borrowing State, dropped: Int = 0) -> GatewayEvent {
        .gateway(
            GatewayEvent.Gateway(
                state: state.condition, since: state.since, code: state.account(of: provider).failure?.code,
                startedAt: startedAt,
                dropped: dropped))
    }

    private func publish(_ change: OutboxChange) {
        let now = clock.now
        meters.count(change, at: now)
        saleLog?.record(change)
        switch change {
        case .accepted(let record):
            events.publish(.sale(.init(record)))
            publish(record.id, record.registration)
            for print in record.prints { events.publish(.print(.init(id: record.id, print: print))) }
        case .registration(let id, let registration, _): publish(id, registration)
        case .saleInvoice(let id, let invoice):
            events.publish(.taxInvoice(news(of: id, invoice.machine, at: invoice.provider)))
        case .print(let id, let print, _): events.publish(.print(.init(id: id, print: print)))
        case .documentPrint(let print): events.publish(.documentPrint(print))
        case .document(let id, let document): events.publish(.document(.init(id: id, document: document)))
        case .slip(let slip, _):
            let account = state.withLock { $0.account(of: slip.service) }
            events.publish(.slip(.init(slip, account: account)))
        case .bill(let bill): events.publish(.bill(.init(bill)))
        case .settled, .supplierInvoice: break
        case .account(let service, let account):
            state.withLock { state in
                let isNews = state.keep(account, of: service)
                guard isNews, service == provider, state.condition != .stopping else { return }
                state.show(account, at: clock.shown, shownAhead: clock.shownAhead)
                events.publish(gateway(state))
            }
        }
    }

    private func publish(_ id: TransactionID, _ registration: SaleRegistration) {
        events.publish(.registration(news(of: id, registration.machine, at: registration.provider)))
    }

    private func news(
        of id: TransactionID, _ job: JobMachine, at service: ServiceName
    ) -> GatewayEvent.Registration {
        let account = state.withLock { $0.account(of: service) }
        return .init(id, job, account: account, shownAhead: clock.shownAhead)
    }
}

extension EventPublisher.State {
    fileprivate func account(of service: ServiceName) -> AccountState { accounts[service] ?? .up }

    /// True if that is new.
    fileprivate mutating func keep(_ news: AccountState, of service: ServiceName) -> Bool {
        guard news != account(of: service) else { return false }
        accounts[service] = news
        return true
    }

    /// The account of the provider in use is the gateway's own state.
    fileprivate mutating func show(_ account: AccountState, at now: Date, shownAhead: TimeInterval) {
        let shown: GatewayEvent.Gateway.State =
            switch account.condition {
            case .up: .up
            case .down: .down
            case .held: .held
            }
        since = account.since.map { $0 + shownAhead } ?? (shown == condition ? since : now)
        condition = shown
    }
}
