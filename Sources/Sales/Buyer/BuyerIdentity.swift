/// By what number a buyer is known. Each kind has its own rules at the provider.
public enum BuyerIdentity: Sendable, Equatable {
    /// A company, or anybody else who is registered as a taxpayer; its branch, if it named one.
    case taxID(TaxID, branch: BranchID?)
    /// A Thai citizen. The number has the form of a ``TaxID``.
    case nationalID(TaxID)
    case passport(PassportNumber)
}
