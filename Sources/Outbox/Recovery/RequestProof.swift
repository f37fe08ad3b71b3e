public import JSON
public import Sales

/// What a service says of its own requests: whether one of them and the sale that it was built for still say the same.
public struct RequestProof: Sendable {
    /// Whether the bytes can be what was built for the sale whose event this is.
    public let agrees: @Sendable (_ request: [UInt8], _ event: JSONObject) -> Bool

    public init(agrees: @escaping @Sendable (_ request: [UInt8], _ event: JSONObject) -> Bool) {
        self.agrees = agrees
    }
}

/// Who proves what is found, and whom a registration belongs to that was lost.
public struct RecoveryTerms: Sendable {
    /// A request of a service that is not among them is taken as it is found.
    public let proofs: [ServiceName: RequestProof]
    /// With whom sales are registered.
    public let provider: ServiceName

    public init(provider: ServiceName, proofs: [ServiceName: RequestProof] = [:]) {
        self.provider = provider
        self.proofs = proofs
    }
}
