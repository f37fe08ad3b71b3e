/// An address outside Thailand.
public struct ForeignAddress: Sendable, Equatable {
    public let country: CountryCode
    public let line1: String
    public let line2: String?
    /// In the country's own format.
    public let postCode: String

    public init(country: CountryCode, line1: String, line2: String?, postCode: String) {
        self.country = country
        self.line1 = line1
        self.line2 = line2
        self.postCode = postCode
    }
}
