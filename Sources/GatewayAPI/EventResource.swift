public import Foundation
public import JSON

/// An event of `GET /v1/events`. Every member is always present, `null` where it is empty; none is a link.
public enum EventResource: Sendable, Equatable {
    case sale(id: String, terminalID: String?, receivedAt: Date, total: String)
    case registration(id: String, state: String, attempts: Int, errorCode: String?, nextAttemptAt: Date?)
    /// The same of a sale's later tax invoice.
    case taxInvoice(id: String, state: String, attempts: Int, errorCode: String?, nextAttemptAt: Date?)
    /// - Parameter documentID: of a document's print; nil for a paper of the sale.
    case print(saleID: String, PrintResource, documentID: String? = nil)
    case document(saleID: String, SaleDocumentResource)
    case bill(BillResource)
    /// - Parameter differs: the names of the checks in which it does, and nothing of what was read.
    case slip(id: String, saleID: String?, terminalID: String?, state: String, differs: [String])
    case printer(name: String, state: String, detail: String?, since: Date, sensors: SensorsResource)
    case alarm(state: String, AlarmResource)
    case gateway(state: String, since: Date, code: String?, startedAt: Date, dropped: Int)

    /// The value of `event:`.
    public var name: String {
        switch self {
        case .sale: "sale"
        case .registration: "registration"
        case .taxInvoice: "tax_invoice"
        case .print: "print"
        case .document: "document"
        case .bill: "bill"
        case .slip: "slip"
        case .printer: "printer"
        case .alarm: "alarm"
        case .gateway: "gateway"
        }
    }

    public var json: JSONValue {
        switch self {
        case .sale(let id, let terminalID, let receivedAt, let total):
            .object([
                "transaction_id": .string(id), "terminal_id": terminalID.wireJSON, "received_at": receivedAt.wireJSON,
                "total": .string(total),
            ])
        case .registration(let id, let state, let attempts, let errorCode, let nextAttemptAt),
            .taxInvoice(let id, let state, let attempts, let errorCode, let nextAttemptAt):
            .object([
                "transaction_id": .string(id), "state": .string(state), "attempts": attempts.wireJSON,
                "last_error": errorCode.map { .object(["code": .string($0)]) } ?? .null,
                "next_attempt_at": nextAttemptAt.wireJSON,
            ])
        case .print(let saleID, let print, let documentID):
            .object(
                (["transaction_id": .string(saleID), "document_id": documentID.wireJSON] as JSONObject)
                    .merged(with: print.members))
        case .document(let saleID, let document):
            .object((["transaction_id": .string(saleID)] as JSONObject).merged(with: document.members))
        case .bill(let bill): bill.json
        case .slip(let id, let saleID, let terminalID, let state, let differs):
            .object([
                "id": .string(id), "transaction_id": saleID.wireJSON, "terminal_id": terminalID.wireJSON,
                "state": .string(state), "differs": differs.wireJSON,
            ])
        case .printer(let name, let state, let detail, let since, let sensors):
            .object(
                ([
                    "name": .string(name), "state": .string(state), "detail": detail.wireJSON,
                    "since": since.wireJSON,
                ] as JSONObject).merged(with: sensors.members))
        case .alarm(let state, let alarm):
            .object((["state": .string(state)] as JSONObject).merged(with: alarm.members))
        case .gateway(let state, let since, let code, let startedAt, let dropped):
            .object([
                "state": .string(state), "since": since.wireJSON, "code": code.wireJSON,
                "started_at": startedAt.wireJSON,
                "dropped": dropped.wireJSON,
            ])
        }
    }

    /// The event as text of the stream (WHATWG HTML, section 9.2.6). JSON has no line breaks of its own.
    public func text(id: Int) -> String {
        "id: \(id)\nevent: \(name)\ndata: \(json.text)\n\n"
    }
}
