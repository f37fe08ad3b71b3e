public import Foundation
public import JSON

/// `GET /v1/status`. Figures are null until the database has answered for the first time.
public struct StatusResource: Sendable, Equatable {
    public var version: String
    public var startedAt: Date
    public var uptimeSeconds: Int
    /// Whether sales are taken.
    public var ready: Bool
    /// When the figures were read: longer ago than a few seconds while the database does not answer.
    public var figuresAt: Date?
    public var registrations: RegistrationFigures
    public var prints: PrintFigures
    public var slime: SlimeFigures
    public var printers: [PrinterResource]
    public var database: DatabaseFigures
    /// Null where there is none.
    public var spool: SpoolResource?
    public var alarms: [AlarmResource]

    public init(
        version: String, startedAt: Date, uptimeSeconds: Int, ready: Bool, figuresAt: Date?,
        registrations: RegistrationFigures, prints: PrintFigures, slime: SlimeFigures, printers: [PrinterResource],
        database: DatabaseFigures, spool: SpoolResource? = nil, alarms: [AlarmResource]
    ) {
        self.version = version
        self.startedAt = startedAt
        self.uptimeSeconds = uptimeSeconds
        self.ready = ready
        self.figuresAt = figuresAt
        self.registrations = registrations
        self.prints = prints
        self.slime = slime
        self.printers = printers
        self.database = database
        self.spool = spool
        self.alarms = alarms
    }

    public var json: JSONValue {
        .object([
            "version": .string(version), "started_at": .time(startedAt), "uptime_seconds": .integer(uptimeSeconds),
            "ready": .bool(ready), "figures_at": .time(figuresAt), "registrations": registrations.json,
            "prints": prints.json, "slime": slime.json, "printers": .array(printers.map(\.json)),
            "database": database.json, "spool": spool?.json ?? .null, "alarms": .array(alarms.map(\.json)),
        ])
    }

    public init(json: JSONValue) throws(WireFault) {
        let members = try WireReader(json)
        version = try members.string("version")
        startedAt = try members.time("started_at")
        uptimeSeconds = try members.integer("uptime_seconds")
        ready = try members.flag("ready")
        figuresAt = try members.optionalTime("figures_at")
        registrations = try RegistrationFigures(json: members.value("registrations"))
        prints = try PrintFigures(json: members.value("prints"))
        slime = try SlimeFigures(json: members.value("slime"))
        printers = try PrinterResource.list(json: json)
        database = try DatabaseFigures(json: members.value("database"))
        let spool = try members.value("spool")
        self.spool = spool == .null ? nil : try SpoolResource(json: spool)
        alarms = try members.array("alarms").map { json throws(WireFault) in try AlarmResource(json: json) }
    }
}
