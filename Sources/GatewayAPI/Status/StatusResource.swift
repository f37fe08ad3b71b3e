public import Foundation

/// `GET /v1/status`. Figures are null until the database has answered for the first time.
public struct StatusResource: WireResource {
    public var version = ""
    public var startedAt = Date.distantPast
    public var uptimeSeconds = 0
    /// Whether sales are taken.
    public var ready = false
    /// When the figures were read: more than a few seconds ago only if the database does not answer.
    public var figuresAt: Date?
    public var registrations = RegistrationFigures()
    public var prints = PrintFigures()
    /// The configured services.
    public var services: [ServiceResource] = []
    public var printers: [PrinterResource] = []
    public var database = DatabaseFigures()
    /// Null if there is none.
    public var spool: SpoolResource?
    public var alarms: [AlarmResource] = []

    public init() {}

    public static let fields: [WireField<StatusResource>] = [
        .field("version", \.version), .field("started_at", \.startedAt), .field("uptime_seconds", \.uptimeSeconds),
        .field("ready", \.ready), .field("figures_at", \.figuresAt), .field("registrations", \.registrations),
        .field("prints", \.prints), .field("services", \.services), .field("printers", \.printers),
        .field("database", \.database), .field("spool", \.spool), .field("alarms", \.alarms),
    ]
}
