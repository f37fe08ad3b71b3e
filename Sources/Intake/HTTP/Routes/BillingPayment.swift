import Gateway
import JSON
import Sales

/// The provider's own object that confirms a payment, and `"differs": true`, which is ours.
struct BillingPayment {
    let body: JSONObject
    /// The amount is not what the bill asks for, and that is meant.
    let differs: Bool

    init(_ object: JSONObject) throws(OperationError) {
        switch object["differs"] {
        case nil, .null?: differs = false
        case .bool(let flag)?: differs = flag
        case let other?:
            throw .invalidRequest([
                SaleFault(pointer: "/differs", detail: "expected true or false, found \(other.kind)")
            ])
        }
        var body = object
        body["differs"] = nil
        self.body = body
    }
}
