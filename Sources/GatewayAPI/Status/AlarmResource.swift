public import Foundation
import JSON

/// The provider as it was last found.
public struct SlimeFigures: Sendable, Equatable {
    /// `up`, `down` or `held`; null until the database has answered for the first time.
    public var state: String?
    /// Null while it is up.
    public var since: Date?
    /// Why the account is held, else why the sale that is owed longest failed last.
    public var lastErrorCode: String?
    /// By how much its clock was found to be ahead of this machine's; 0 while it has not complained.
    public var clockDriftSeconds: Int

    public init(state: String?, since: Date?, lastErrorCode: String?, clockDriftSeconds: Int) {
        self.state = state
        self.since = since
        self.lastErrorCode = lastErrorCode
        self.clockDriftSeconds = clockDriftSeconds
    }

    var json: JSONValue {
        .object([
            "state": .text(state), "since": .time(since), "last_error_code": .text(lastErrorCode),
            "clock_drift_seconds": .integer(clockDriftSeconds),
        ])
    }

    init(json: JSONValue) throws(WireFault) {
        let members = try WireReader(json)
        state = try members.optionalString("state")
        since = try members.optionalTime("since")
        lastErrorCode = try members.optionalString("last_error_code")
        clockDriftSeconds = try members.integer("clock_drift_seconds")
    }
}

/// The database and the room it has.
public struct DatabaseFigures: Sendable, Equatable {
    /// With its log.
    public var sizeBytes: Int?
    public var freeBytes: Int?
    /// Under this, sales are refused.
    public var minimumFreeBytes: Int

    public init(sizeBytes: Int?, freeBytes: Int?, minimumFreeBytes: Int) {
        self.sizeBytes = sizeBytes
        self.freeBytes = freeBytes
        self.minimumFreeBytes = minimumFreeBytes
    }

    var json: JSONValue {
        .object([
            "size_bytes": .integer(sizeBytes), "free_bytes": .integer(freeBytes),
            "min_free_bytes": .integer(minimumFreeBytes),
        ])
    }

    init(json: JSONValue) throws(WireFault) {
        let members = try WireReader(json)
        sizeBytes = try members.optionalInteger("size_bytes")
        freeBytes = try members.optionalInteger("free_bytes")
        minimumFreeBytes = try members.integer("min_free_bytes")
    }
}

/// Files of tills.
public struct SpoolResource: Sendable, Equatable {
    /// Taken by themselves: they are being written, or have to wait.
    public var waiting: Int
    /// Not taken before somebody sees to them.
    public var stuck: Int
    /// No matter of the gateway's: other endings, folders, links.
    public var ignored: Int
    /// Refused, and acknowledged by nobody; null until the database has answered for the first time.
    public var rejected: Int?

    public init(waiting: Int, stuck: Int, ignored: Int, rejected: Int?) {
        self.waiting = waiting
        self.stuck = stuck
        self.ignored = ignored
        self.rejected = rejected
    }

    var json: JSONValue {
        .object([
            "waiting": .integer(waiting), "stuck": .integer(stuck), "ignored": .integer(ignored),
            "rejected": .integer(rejected),
        ])
    }

    init(json: JSONValue) throws(WireFault) {
        let members = try WireReader(json)
        waiting = try members.integer("waiting")
        stuck = try members.integer("stuck")
        ignored = try members.integer("ignored")
        rejected = try members.optionalInteger("rejected")
    }
}

/// Something that needs a person's hand.
public struct AlarmResource: Sendable, Equatable {
    public var code: String
    /// `warning` or `critical`.
    public var severity: String
    /// The printer that it is about; null where it is about none.
    public var printer: String?
    /// The service that it is about, such as `slime`; null where it is about none.
    public var service: String?
    /// How many sales, prints or files it is about.
    public var count: Int?
    /// How long what it is about has been so.
    public var seconds: Int
    /// An error's code, or a printer's own sentence.
    public var reason: String?
    public var since: Date
    /// What is owed, why, and what to do.
    public var text: String

    public init(
        code: String, severity: String, printer: String?, service: String?, count: Int?, seconds: Int, reason: String?,
        since: Date, text: String
    ) {
        self.code = code
        self.severity = severity
        self.printer = printer
        self.service = service
        self.count = count
        self.seconds = seconds
        self.reason = reason
        self.since = since
        self.text = text
    }

    var json: JSONValue { .object(members) }

    var members: JSONObject {
        [
            "code": .string(code), "severity": .string(severity), "printer": .text(printer), "service": .text(service),
            "count": .integer(count), "seconds": .integer(seconds), "reason": .text(reason), "since": .time(since),
            "text": .string(text),
        ]
    }

    init(json: JSONValue) throws(WireFault) {
        let members = try WireReader(json)
        code = try members.string("code")
        severity = try members.string("severity")
        printer = try members.optionalString("printer")
        service = try members.optionalString("service")
        count = try members.optionalInteger("count")
        seconds = try members.integer("seconds")
        reason = try members.optionalString("reason")
        since = try members.time("since")
        text = try members.string("text")
    }
}
