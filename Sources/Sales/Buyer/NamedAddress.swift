/// An address in Thailand by names.
public struct NamedAddress: Sendable, Equatable {
    public let houseNumber: String
    public let street: String?
    public let district: District
    public let postCode: PostCode

    /// The names of the parts of the country, from the smallest to the largest.
    public struct District: Sendable, Equatable {
        /// Tambon, in Bangkok khwaeng.
        public let subDistrict: String
        /// Amphoe, in Bangkok khet.
        public let district: String
        /// Changwat.
        public let province: String

        public init(subDistrict: String, district: String, province: String) {
            self.subDistrict = subDistrict
            self.district = district
            self.province = province
        }
    }

    public init(houseNumber: String, street: String?, district: District, postCode: PostCode) {
        self.houseNumber = houseNumber
        self.street = street
        self.district = district
        self.postCode = postCode
    }
}
