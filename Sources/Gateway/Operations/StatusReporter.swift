public import Foundation
public import Monitoring
import Outbox
import Runtime
import Sales

/// The state of everything. Answers within seconds even if the database or a printer does not.
public struct StatusReporter: Sendable {
    public struct View: Sendable {
        public let version: String
        public let startedAt: Date
        public let uptime: Duration
        /// Whether sales are taken.
        public let isReady: Bool
        /// The configured services, and those to whom sales are owed.
        public let services: [ServiceView]
        public let printers: [PrinterOperations.View]
        /// With fewer bytes free, sales are refused.
        public let minimumFreeSpace: Int
        /// Nil if there is none.
        public let spool: SpoolFigures?
        public let report: MonitorReport
    }

    /// How long the database may take before its last answer is returned.
    private static let readLimit: Duration = .seconds(2)

    private let configuration: GatewayConfiguration
    private let startedAt: Date
    private let begun = ContinuousClock.now
    private let sources: StatusSources

    init(_ configuration: GatewayConfiguration, sources: StatusSources, clock: GatewayClock) {
        self.configuration = configuration
        self.sources = sources
        startedAt = clock.shown
    }

    /// Asks every printer, as ``PrinterOperations/list()`` does.
    public func status() async -> View {
        async let asked: Void = sources.printers.lookAtAll()
        await asked
        let report = await sources.alarmMonitor.report(within: Self.readLimit)
        let queues = report.figures?.prints ?? []
        return View(
            version: configuration.version, startedAt: startedAt, uptime: ContinuousClock.now - begun,
            isReady: sources.sales.hindrance == nil,
            services: services(report.figures),
            printers: sources.printers.views { name in queues.first { $0.printer == name }?.queued ?? 0 },
            minimumFreeSpace: configuration.minimumFreeSpace, spool: sources.spool.figures, report: report)
    }

    private func services(_ figures: OutboxFigures?) -> [ServiceView] {
        let drifts = sources.clockDrifts()
        return sources.services.map { ServiceView($0.name, clockDrift: drifts[$0.name] ?? 0, figures: figures) }
    }

    /// Somebody has seen the alarms of a code: they are not raised again for the same cause.
    ///
    /// - Parameter printer: nil for every printer, and for alarms that concern none.
    public func acknowledge(_ code: Alarm.Code, of printer: String?) async throws(OperationError) {
        // A printer that is not configured any more may have left failed prints.
        let named = sources.printers.names + sources.alarmMonitor.alarms.compactMap(\.printer)
        if let printer, !named.contains(printer) { throw .notFound(sources.printers.unknown(printer)) }
        do { try await sources.alarmMonitor.acknowledge(code, of: printer) } catch { throw OperationError(error) }
    }
}
