public import Foundation
public import JSON
public import Sales

/// A sale as the API shows it. Every member is always present, `null` where it is empty.
public struct SaleResource: Sendable, Equatable {
    public var transactionID: String
    public var terminalID: String?
    public var receivedAt: Date
    public var issuedAt: Date
    /// The number on the paper.
    public var number: String
    public var totals: TotalsResource
    public var registration: RegistrationResource
    public var prints: [PrintResource]

    public init(
        transactionID: String, terminalID: String?, receivedAt: Date, issuedAt: Date, number: String,
        totals: TotalsResource, registration: RegistrationResource, prints: [PrintResource]
    ) {
        self.transactionID = transactionID
        self.terminalID = terminalID
        self.receivedAt = receivedAt
        self.issuedAt = issuedAt
        self.number = number
        self.totals = totals
        self.registration = registration
        self.prints = prints
    }

    public var json: JSONValue {
        .object([
            "transaction_id": .string(transactionID),
            "terminal_id": .text(terminalID),
            "received_at": .time(receivedAt),
            "issued_at": .time(issuedAt),
            "number": .string(number),
            "totals": totals.json,
            "registration": registration.json,
            "prints": .array(prints.map(\.json)),
        ])
    }

    public init(json: JSONValue) throws(WireFault) {
        let members = try WireReader(json)
        self.init(
            transactionID: try members.string("transaction_id"), terminalID: try members.optionalString("terminal_id"),
            receivedAt: try members.time("received_at"), issuedAt: try members.time("issued_at"),
            number: try members.string("number"), totals: try TotalsResource(json: members.value("totals")),
            registration: try RegistrationResource(json: members.value("registration")),
            prints: try members.array("prints").map { json throws(WireFault) in try PrintResource(json: json) })
    }
}

/// Amounts in baht with two decimal places.
public struct TotalsResource: Sendable, Equatable {
    public var total: String
    public var vatable: String
    public var exempt: String
    public var vat: String
    public var netOfVAT: String

    public init(_ totals: Totals) {
        total = totals.total.plain
        vatable = totals.vatable.plain
        exempt = totals.exempt.plain
        vat = totals.vat.plain
        netOfVAT = totals.netOfVAT.plain
    }

    var json: JSONValue {
        .object([
            "total": .string(total), "vatable": .string(vatable), "exempt": .string(exempt), "vat": .string(vat),
            "net_of_vat": .string(netOfVAT),
        ])
    }

    init(json: JSONValue) throws(WireFault) {
        let members = try WireReader(json)
        total = try members.string("total")
        vatable = try members.string("vatable")
        exempt = try members.string("exempt")
        vat = try members.string("vat")
        netOfVAT = try members.string("net_of_vat")
    }
}

/// Where a sale stands with the provider.
public struct RegistrationResource: Sendable, Equatable {
    public struct LastError: Sendable, Equatable {
        public var code: String
        public var message: String
        public var at: Date

        public init(code: String, message: String, at: Date) {
            self.code = code
            self.message = message
            self.at = at
        }
    }

    /// `pending`, `ready`, `held` or `rejected`.
    public var state: String
    public var attempts: Int
    /// Whoever holds it can name themselves on the invoice: not for logs.
    public var serviceURL: String?
    public var lastError: LastError?
    public var nextAttemptAt: Date?

    public init(state: String, attempts: Int, serviceURL: String?, lastError: LastError?, nextAttemptAt: Date?) {
        self.state = state
        self.attempts = attempts
        self.serviceURL = serviceURL
        self.lastError = lastError
        self.nextAttemptAt = nextAttemptAt
    }

    var json: JSONValue {
        let error = lastError.map { error in
            JSONValue.object([
                "code": .string(error.code), "message": .string(error.message), "at": .time(error.at),
            ])
        }
        return .object([
            "state": .string(state), "attempts": .number(JSONNumber(attempts)), "service_url": .text(serviceURL),
            "last_error": error ?? .null, "next_attempt_at": .time(nextAttemptAt),
        ])
    }

    init(json: JSONValue) throws(WireFault) {
        let members = try WireReader(json)
        state = try members.string("state")
        attempts = try members.integer("attempts")
        serviceURL = try members.optionalString("service_url")
        nextAttemptAt = try members.optionalTime("next_attempt_at")
        let error = try members.value("last_error")
        guard !error.isNull else { return }
        let parts = try WireReader(error)
        lastError = LastError(
            code: try parts.string("code"), message: try parts.string("message"), at: try parts.time("at"))
    }
}
