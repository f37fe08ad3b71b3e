public import CoreMetrics
import Foundation
import Journey
import Outbox
import Slime

/// Counts and times what the gateway does. Labels are few and bounded: never an id, a link or a till's text.
public struct GatewayMeters: Sendable {
    let factory: any MetricsFactory
    // What is counted for every sale is looked up once.
    private let sales: [SaleOutcome: Counter]
    private let answeredCalls: [SlimeCall: Counter]

    /// - Parameter factory: where figures are kept; nowhere by default.
    public init(_ factory: any MetricsFactory = NOOPMetricsHandler.instance) {
        self.factory = factory
        func counters<Key: Hashable>(_ keys: [Key], _ make: (Key) -> (Name, [(String, String)])) -> [Key: Counter] {
            Dictionary(
                keys.map { key in
                    let (name, labels) = make(key)
                    return (key, Counter(label: name.rawValue, dimensions: labels, factory: factory))
                }, uniquingKeysWith: { first, _ in first })
        }
        sales = counters(SaleOutcome.allCases) { (.sales, [("outcome", $0.rawValue)]) }
        answeredCalls = counters(SlimeCall.allCases) {
            (.slimeCalls, [("call", $0.rawValue), ("outcome", "success")])
        }
    }

    /// What became of a sale that was handed in.
    enum SaleOutcome: String, CaseIterable {
        case accepted, repeated, conflict, invalid
        /// Not taken for a reason of ours.
        case refused

        init(_ refusal: OperationError) {
            switch refusal {
            case .notJSON, .invalid: self = .invalid
            case .conflict: self = .conflict
            case .notFound, .wrongState, .invalidRequest, .unavailable, .printerUnavailable, .diskFull: self = .refused
            }
        }
    }

    enum SlimeCall: String, CaseIterable {
        case stub, show, hello
    }

    func handedIn(_ outcome: SaleOutcome) {
        sales[outcome]?.increment()
    }

    func called(_ call: SlimeCall, failure: SlimeError?) {
        guard let failure else {
            answeredCalls[call]?.increment()
            return
        }
        count(.slimeCalls, [("call", call.rawValue), ("outcome", failure.outcome)])
    }

    func compared(_ comparison: TotalComparison) {
        count(.totalsCompared, [("outcome", comparison.rawValue)])
    }

    func clockDrifts(by seconds: TimeInterval) {
        set(.clockDrift, seconds)
    }

    public func spoolFileRejected() {
        count(.spoolRejected)
    }

    public func connectionOpened() {
        Meter(label: Name.connections.rawValue, factory: factory).increment()
    }

    public func connectionClosed() {
        Meter(label: Name.connections.rawValue, factory: factory).decrement()
    }

    /// Counts what a commit brought to its end.
    func note(_ change: OutboxChange, at now: Date) {
        switch change {
        case .accepted, .account: return
        case .registration(_, let machine, let receivedAt):
            guard machine.state != .pending else { return }
            count(.registrations, [("outcome", machine.state.rawValue)])
            if machine.state == .ready { time(.registrationSeconds, now.timeIntervalSince(receivedAt)) }
        case .print(_, let print, let receivedAt):
            let machine = print.machine
            guard machine.finishedAt != nil else { return }
            count(
                .prints,
                [("printer", print.printer), ("kind", machine.kind.rawValue), ("outcome", machine.state.rawValue)])
            if machine.state == .printed, machine.isUnmarkedOriginal {
                time(.saleToPaperSeconds, now.timeIntervalSince(receivedAt))
            }
        }
    }

    func count(_ name: Name, _ labels: [(String, String)] = []) {
        Counter(label: name.rawValue, dimensions: labels, factory: factory).increment()
    }

    func set(_ name: Name, _ value: Double, _ labels: [(String, String)] = []) {
        Gauge(label: name.rawValue, dimensions: labels, factory: factory).record(value)
    }

    /// A figure that is not known is not shown.
    func forget(_ name: Name, _ labels: [(String, String)] = []) {
        Gauge(label: name.rawValue, dimensions: labels, factory: factory).destroy()
    }

    /// A clock that was set back must not make a time negative.
    private func time(_ name: Name, _ seconds: TimeInterval) {
        CoreMetrics.Timer(label: name.rawValue, factory: factory).recordSeconds(max(seconds, 0))
    }
}

extension SlimeError {
    fileprivate var outcome: String {
        switch kind {
        case .unreachable: "unreachable"
        case .untrusted: "untrusted"
        case .proxyFailed: "proxy"
        case .unanswered: "unanswered"
        case .unexpectedStatus: "status"
        case .unintelligible: "unintelligible"
        case .exception: "exception"
        case .unusable: "unusable"
        }
    }
}
