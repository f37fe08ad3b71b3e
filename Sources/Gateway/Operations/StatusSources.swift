import Monitoring
import RemoteServices

/// Who is asked how everything is.
struct StatusSources: Sendable {
    let sales: SaleOperations
    let printers: PrinterOperations
    let services: [any RemoteService]
    let alarmMonitor: AlarmMonitor
    let spool: SpoolMonitor
}
