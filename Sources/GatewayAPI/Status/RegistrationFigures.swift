import JSON

/// Registrations that are not settled. Either all that are owed are held, or none is.
public struct RegistrationFigures: Sendable, Equatable {
    public var pending: Int?
    public var held: Int?
    public var rejected: Int?
    /// The sale that is owed longest, pending or held.
    public var oldestPendingID: String?
    public var oldestPendingSeconds: Int?

    public init(pending: Int?, held: Int?, rejected: Int?, oldestPendingID: String?, oldestPendingSeconds: Int?) {
        self.pending = pending
        self.held = held
        self.rejected = rejected
        self.oldestPendingID = oldestPendingID
        self.oldestPendingSeconds = oldestPendingSeconds
    }

    var json: JSONValue {
        .object([
            "pending": .integer(pending), "held": .integer(held), "rejected": .integer(rejected),
            "oldest_pending_id": .text(oldestPendingID), "oldest_pending_seconds": .integer(oldestPendingSeconds),
        ])
    }

    init(json: JSONValue) throws(WireFault) {
        let members = try WireReader(json)
        pending = try members.optionalInteger("pending")
        held = try members.optionalInteger("held")
        rejected = try members.optionalInteger("rejected")
        oldestPendingID = try members.optionalString("oldest_pending_id")
        oldestPendingSeconds = try members.optionalInteger("oldest_pending_seconds")
    }
}

/// Prints that are not out yet.
public struct PrintFigures: Sendable, Equatable {
    public struct Queue: Sendable, Equatable {
        public var printer: String
        public var queued: Int
        /// Since the first in the queue, or the one in the printer's hands, was asked for.
        public var oldestSeconds: Int

        public init(printer: String, queued: Int, oldestSeconds: Int) {
            self.printer = printer
            self.queued = queued
            self.oldestSeconds = oldestSeconds
        }
    }

    public var queued: Int?
    public var oldestSeconds: Int?
    /// Printers that owe nothing are left out.
    public var byPrinter: [Queue]

    public init(queued: Int?, oldestSeconds: Int?, byPrinter: [Queue]) {
        self.queued = queued
        self.oldestSeconds = oldestSeconds
        self.byPrinter = byPrinter
    }

    var json: JSONValue {
        .object([
            "queued": .integer(queued), "oldest_seconds": .integer(oldestSeconds),
            "by_printer": .array(
                byPrinter.map {
                    .object([
                        "printer": .string($0.printer), "queued": .integer($0.queued),
                        "oldest_seconds": .integer($0.oldestSeconds),
                    ])
                }),
        ])
    }

    init(json: JSONValue) throws(WireFault) {
        let members = try WireReader(json)
        queued = try members.optionalInteger("queued")
        oldestSeconds = try members.optionalInteger("oldest_seconds")
        byPrinter = try members.array("by_printer").map { json throws(WireFault) in
            let queue = try WireReader(json)
            return Queue(
                printer: try queue.string("printer"), queued: try queue.integer("queued"),
                oldestSeconds: try queue.integer("oldest_seconds"))
        }
    }
}
