public import Foundation
import Outbox

/// How everything is, for whoever asks. Answers within seconds also while the database or a printer does not.
public struct StatusDesk: Sendable {
    public struct View: Sendable {
        public let version: String
        public let startedAt: Date
        public let uptime: Duration
        /// Whether sales are taken.
        public let isReady: Bool
        /// Seconds by which the provider's clock was found to be ahead of ours; 0 while it has not complained.
        public let clockDrift: TimeInterval
        public let printers: [PrinterDesk.View]
        /// Bytes under which sales are refused.
        public let minimumFreeSpace: Int
        /// Nil where there is none.
        public let spool: SpoolFigures?
        public let report: WatchReport
    }

    /// How long the database may take before its last answer is given.
    private static let readLimit: Duration = .seconds(2)

    private let version: String
    private let startedAt: Date
    private let begun = ContinuousClock.now
    private let desk: SaleDesk
    private let printers: PrinterDesk
    private let registrar: Registrar
    private let minimumFreeSpace: Int
    private let watchman: Watchman
    private let spool: (@Sendable () -> SpoolFigures)?

    /// - Parameter spool: what lies in the spool; nil where there is none.
    public init(
        version: String, startedAt: Date, desk: SaleDesk, printers: PrinterDesk, registrar: Registrar,
        minimumFreeSpace: Int, watchman: Watchman, spool: (@Sendable () -> SpoolFigures)? = nil
    ) {
        self.version = version
        self.startedAt = startedAt
        self.desk = desk
        self.printers = printers
        self.registrar = registrar
        self.minimumFreeSpace = minimumFreeSpace
        self.watchman = watchman
        self.spool = spool
    }

    /// Every printer is asked, as ``PrinterDesk/list()`` does.
    public func status() async -> View {
        async let asked: Void = printers.lookAtAll()
        let drift = await registrar.clockCorrection
        await asked
        let report = await watchman.report(within: Self.readLimit)
        let queues = report.figures?.prints ?? []
        return View(
            version: version, startedAt: startedAt, uptime: ContinuousClock.now - begun, isReady: desk.hindrance == nil,
            clockDrift: drift,
            printers: printers.views { name in queues.first { $0.printer == name }?.queued ?? 0 },
            minimumFreeSpace: minimumFreeSpace, spool: spool?(), report: report)
    }

    /// Somebody has seen the alarms of a code: they are not raised again for the same cause.
    ///
    /// - Parameter printer: nil for every printer, and for what is about none.
    public func acknowledge(_ code: Alarm.Code, of printer: String?) async throws(DeskRefusal) {
        // A printer that is configured no more may have left prints that failed.
        let named = printers.names + watchman.alarms.compactMap(\.printer)
        if let printer, !named.contains(printer) { throw .notFound(printers.unknown(printer)) }
        do { try await watchman.acknowledge(code, of: printer) } catch { throw DeskRefusal(error) }
    }
}
