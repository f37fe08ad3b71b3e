/// Whom a document is made out to that has no buyer, where a provider makes none out to nobody. No text of it may be empty.
public struct WalkIn: Sendable, Equatable {
    public var name = "ลูกค้าทั่วไป"
    /// 13 digits. Zeros, as of somebody who gave none, have no valid check digit.
    public var taxNumber = "0000000000000"
    public var phoneNumber = "-"
    /// It has no default: it stands on the documents of a shop.
    public var address: Address

    /// An address in Thailand, as it is printed.
    public struct Address: Sendable, Equatable {
        public let houseNumber: String
        public let subDistrict: String
        public let district: String
        public let province: String
        public let postCode: String

        public init(houseNumber: String, subDistrict: String, district: String, province: String, postCode: String) {
            self.houseNumber = houseNumber
            self.subDistrict = subDistrict
            self.district = district
            self.province = province
            self.postCode = postCode
        }
    }

    public init(address: Address) {
        self.address = address
    }
}
