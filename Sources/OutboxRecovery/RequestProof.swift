public import JSON

/// A service's check of its own requests: whether a request and the sale that it was built for still agree.
public struct RequestProof: Sendable {
    /// Whether the bytes can be the request for the sale of this event.
    public let agrees: @Sendable (_ request: [UInt8], _ event: JSONObject) -> Bool

    public init(agrees: @escaping @Sendable (_ request: [UInt8], _ event: JSONObject) -> Bool) {
        self.agrees = agrees
    }
}
