import Foundation
import Monitoring
import Sales

/// Who is asked how everything is.
struct StatusSources: Sendable {
    let sales: SaleOperations
    let printers: PrinterOperations
    let services: [MonitoredService]
    /// Seconds by which a service's clock is ahead of ours.
    let clockDrifts: @Sendable () -> [ServiceName: TimeInterval]
    let alarmMonitor: AlarmMonitor
    let spool: SpoolMonitor
}
