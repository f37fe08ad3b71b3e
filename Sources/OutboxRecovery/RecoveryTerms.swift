public import Sales

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
