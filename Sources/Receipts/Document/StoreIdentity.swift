public import Raster
public import Sales

/// The seller as every paper names it.
public struct StoreIdentity: Sendable, Equatable {
    public let name: String
    public let taxID: TaxID
    public let branchID: BranchID
    /// One element for each line.
    public let address: [String]
    public let phone: String?
    /// Already dithered to the paper.
    public let logo: Bitmap?

    public init(
        name: String, taxID: TaxID, branchID: BranchID, address: [String] = [], phone: String? = nil,
        logo: Bitmap? = nil
    ) {
        self.name = name
        self.taxID = taxID
        self.branchID = branchID
        self.address = address
        self.phone = phone
        self.logo = logo
    }
}
