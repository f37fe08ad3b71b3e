public import JSON
public import Sales

/// A service's check of its own requests: whether a request and the sale that it was built for still agree.
public struct RequestProof: Sendable {
    /// Whether the bytes can be the request for the sale of this event.
    public let agrees: @Sendable (_ request: [UInt8], _ event: JSONObject) -> Bool

    public init(agrees: @escaping @Sendable (_ request: [UInt8], _ event: JSONObject) -> Bool) {
        self.agrees = agrees
    }
}

/// The services' checks, and the provider for a registration that was lost.
public struct RecoveryTerms: Sendable {
    /// A request of an unknown service is kept as it is found.
    public let proofs: [ServiceName: RequestProof]
    /// The provider that registers sales.
    public let provider: ServiceName

    public init(provider: ServiceName, proofs: [ServiceName: RequestProof] = [:]) {
        self.provider = provider
        self.proofs = proofs
    }
}
