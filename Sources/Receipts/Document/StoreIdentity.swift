public import Raster
public import Sales

/// The seller as every paper names them.
public struct StoreIdentity: Sendable, Equatable {
    public let name: String
    public let taxID: TaxID
    public let branchID: BranchID
    /// A line each.
    public let address: [String]
    public let phone: String?
    /// Dithered to the paper already.
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
