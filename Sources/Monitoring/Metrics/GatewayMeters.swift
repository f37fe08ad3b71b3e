public import CoreMetrics
import Foundation
import Journey
import Outbox
public import Sales

/// Counts and times what the gateway does. Labels are few and bounded: never an id, a link or a till's text.
public struct GatewayMeters: Sendable {
    let factory: any MetricsFactory
    // Metrics that every sale moves are looked up once.
    private let sales: [SaleOutcome: Counter]

    /// - Parameter factory: where metrics are kept; nowhere by default.
    public init(_ factory: any MetricsFactory = NOOPMetricsHandler.instance) {
        self.factory = factory
        sales = Dictionary(
            SaleOutcome.allCases.map { outcome in
                let labels = [("outcome", outcome.rawValue)]
                return (outcome, Counter(label: Name.sales.rawValue, dimensions: labels, factory: factory))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The outcome of a sale that was handed in.
    public enum SaleOutcome: String, Sendable, CaseIterable {
        case accepted, repeated, conflict, invalid
        /// Not taken for a reason of ours.
        case refused
    }

    public func handedIn(_ outcome: SaleOutcome) {
        sales[outcome]?.increment()
    }

    public func compared(_ comparison: TotalComparison) {
        count(.totalsCompared, [("outcome", comparison.rawValue)])
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

    /// Counts what a commit finished.
    func count(_ change: OutboxChange, at now: Date) {
        switch change {
        case .accepted, .saleInvoice, .settled, .bill, .account: return
        case .slip(let slip, let before):
            if !slip.state.isOwed, slip.state != before { count(.slips, [("outcome", slip.state.rawValue)]) }
        case .supplierInvoice(let invoice, let before):
            if !invoice.state.isOwed, invoice.state != before {
                count(.supplierInvoices, [("outcome", invoice.state.rawValue)])
            }
        case .document(_, let document):
            count(.documents, [("state", document.isArchived ? "archived" : "known")])
        case .registration(_, let registration, let receivedAt):
            guard registration.state != .pending else { return }
            count(.registrations, [("outcome", registration.state.rawValue)])
            if registration.state == .ready { time(.registrationSeconds, now.timeIntervalSince(receivedAt)) }
        case .print(_, let print, let receivedAt):
            let machine = print.machine
            guard machine.finishedAt != nil else { return }
            count(.prints, Self.labels(of: machine, kind: machine.kind.rawValue, on: print.printer))
            if machine.state == .printed, machine.isUnmarkedOriginal {
                time(.saleToPaperSeconds, now.timeIntervalSince(receivedAt))
            }
        case .documentPrint(let print):
            guard !print.isUnderWay else { return }
            count(.prints, Self.labels(of: print.machine, kind: Self.documentKind, on: print.printer))
        }
    }

    /// What a document's print has for a kind of paper.
    static let documentKind = "document"

    private static func labels(of print: PrintMachine, kind: String, on printer: String) -> [(String, String)] {
        [("printer", printer), ("kind", kind), ("outcome", print.state.rawValue)]
    }

    func count(_ name: Name, _ labels: [(String, String)] = []) {
        Counter(label: name.rawValue, dimensions: labels, factory: factory).increment()
    }

    func set(_ name: Name, _ value: Double, _ labels: [(String, String)] = []) {
        Gauge(label: name.rawValue, dimensions: labels, factory: factory).record(value)
    }

    /// An unknown figure is not shown.
    func forget(_ name: Name, _ labels: [(String, String)] = []) {
        Gauge(label: name.rawValue, dimensions: labels, factory: factory).destroy()
    }

    /// A clock that was set back must not make a time negative.
    private func time(_ name: Name, _ seconds: TimeInterval) {
        CoreMetrics.Timer(label: name.rawValue, factory: factory).recordSeconds(max(seconds, 0))
    }
}
