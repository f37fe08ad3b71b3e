public import Foundation
public import JSON

/// One piece of paper of a sale.
public struct PrintResource: Sendable, Equatable {
    /// Counted from 1 within the sale.
    public var id: Int
    /// `receipt`, `qr_slip` or `copy`.
    public var kind: String
    /// `none`, `copy` or `reprint`.
    public var mark: String
    public var copyNumber: Int?
    public var printer: String
    /// `queued`, `printing`, `printed`, `failed`, `cancelled` or `uncertain`.
    public var state: String
    public var withQR: Bool
    /// `process-id`, `status`, `cups` or `written`.
    public var confirmedBy: String?
    public var requestedAt: Date
    public var finishedAt: Date?
    public var error: String?

    public init(
        id: Int, kind: String, mark: String, copyNumber: Int?, printer: String, state: String, withQR: Bool,
        confirmedBy: String?, requestedAt: Date, finishedAt: Date?, error: String?
    ) {
        self.id = id
        self.kind = kind
        self.mark = mark
        self.copyNumber = copyNumber
        self.printer = printer
        self.state = state
        self.withQR = withQR
        self.confirmedBy = confirmedBy
        self.requestedAt = requestedAt
        self.finishedAt = finishedAt
        self.error = error
    }

    public var json: JSONValue { .object(members) }

    var members: JSONObject {
        [
            "id": .number(JSONNumber(id)), "kind": .string(kind), "mark": .string(mark),
            "copy_number": copyNumber.map { .number(JSONNumber($0)) } ?? .null, "printer": .string(printer),
            "state": .string(state), "with_qr": .bool(withQR), "confirmed_by": .text(confirmedBy),
            "requested_at": .time(requestedAt), "finished_at": .time(finishedAt), "error": .text(error),
        ]
    }

    public init(json: JSONValue) throws(WireFault) {
        let members = try WireReader(json)
        id = try members.integer("id")
        kind = try members.string("kind")
        mark = try members.string("mark")
        copyNumber = try members.value("copy_number").isNull ? nil : members.integer("copy_number")
        printer = try members.string("printer")
        state = try members.string("state")
        withQR = try members.flag("with_qr")
        confirmedBy = try members.optionalString("confirmed_by")
        requestedAt = try members.time("requested_at")
        finishedAt = try members.optionalTime("finished_at")
        error = try members.optionalString("error")
    }
}

/// A page of sales, newest first.
public struct SalePage: Sendable, Equatable {
    public var sales: [SaleResource]
    /// What `after` takes to go on; nil on the last page.
    public var next: String?

    public init(sales: [SaleResource], next: String?) {
        self.sales = sales
        self.next = next
    }

    public var json: JSONValue {
        .object(["sales": .array(sales.map(\.json)), "next": .text(next)])
    }

    public init(json: JSONValue) throws(WireFault) {
        let members = try WireReader(json)
        sales = try members.array("sales").map { json throws(WireFault) in try SaleResource(json: json) }
        next = try members.optionalString("next")
    }
}
