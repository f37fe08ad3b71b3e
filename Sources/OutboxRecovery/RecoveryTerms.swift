public import Sales

/// The services' checks, and the provider for a registration that was lost.
public struct RecoveryTerms: Sendable {
    /// A request of an unknown service is kept as it is found.
    public let proofs: [ServiceName: RequestProof]
    /// The provider for a lost registration, if nothing in the database tells which it was.
    public let provider: ServiceName
    /// The provider for those beside which no registration shows it, or two that differ; nil if nobody has named one.
    public var chosen: ServiceName?
    /// Services that cannot tell a repeat: a job may be found as it was before an attempt, so that what the attempt may have made
    /// is looked for first.
    public let cannotTellRepeats: Set<ServiceName>
    /// Reads payment slips; nil if none does.
    public var slipReader: ServiceName?
    /// Reads invoices of suppliers; nil if none does.
    public var supplierInvoiceReader: ServiceName?

    public init(
        provider: ServiceName, proofs: [ServiceName: RequestProof] = [:], cannotTellRepeats: Set<ServiceName> = []
    ) {
        self.provider = provider
        self.proofs = proofs
        self.cannotTellRepeats = cannotTellRepeats
    }
}
