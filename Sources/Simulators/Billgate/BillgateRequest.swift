import Foundation

/// A call that is let in: what an operation has to know about it.
struct BillgateRequest {
    let call: BillgateCall
    let operation: BillgateSimulator.Operation
    /// By the clock that its owner turns on.
    let now: Date
    /// What a fault makes of the documents in the answer.
    let shown: BillgateSimulator.Fault.Shown?

    /// The id in the path; empty for an operation without one.
    var id: String { call.id ?? "" }

    func json() throws(Refusal) -> JSONValue { try call.json.get() }

    /// The members of the body's object.
    func body() throws(Refusal) -> Member {
        let value = try json()
        guard case .object = value else { throw .schema("body", "expected an object, found \(value.kind)") }
        return Member(value, "")
    }
}
