import Foundation

/// A change of an invoice's status, as `transition_logs` shows it.
struct Transition: Sendable {
    enum Actor: String {
        case merchant, customer, system
    }

    let from: BillgateSimulator.Document.Status?
    let to: BillgateSimulator.Document.Status
    let by: Actor
    var isDecline = false
    var reason: String?
    var metadata = JSONValue.object([:])
    let at: Date
    let id = UUIDText.make()

    func json(invoiceID: String) -> JSONValue {
        let isSystem = by == .system
        return .object([
            "id": .string(id), "invoice_id": .string(invoiceID),
            "from_status": .stringOrNull(from?.rawValue), "to_status": .string(to.rawValue),
            "transitioned_by_type": .string(by.rawValue),
            "transitioned_by_id": isSystem ? .null : .string(by.rawValue + "-1"),
            "transitioned_by": .object([
                "id": isSystem ? .null : .string(by.rawValue + "-1"), "name": isSystem ? .null : .string(by.rawValue),
            ]),
            "reason": .stringOrNull(reason), "metadata": metadata, "created_at": .string(BangkokTime.text(at)),
        ])
    }
}
