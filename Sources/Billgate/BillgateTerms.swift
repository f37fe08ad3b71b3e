/// What the configuration says of documents at Billgate.
public struct BillgateTerms: Sendable, Equatable {
    /// Stands before the transaction id in a document's number.
    public let numberPrefix: String
    public let walkIn: WalkIn
    /// How many pages of a list are read at most to find a document.
    public let lookUpPages: Int

    public init(numberPrefix: String = "", walkIn: WalkIn, lookUpPages: Int = 50) {
        self.numberPrefix = numberPrefix
        self.walkIn = walkIn
        self.lookUpPages = lookUpPages
    }
}

/// Whom a receipt without a buyer is made out to. Billgate wants each of these, and none may be empty.
public struct WalkIn: Sendable, Equatable {
    public let name: String
    public let taxNumber: String
    public let phoneNumber: String
    public let address: Address

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

    public init(
        name: String = "ลูกค้าทั่วไป", taxNumber: String = "0000000000000", phoneNumber: String = "-", address: Address
    ) {
        self.name = name
        self.taxNumber = taxNumber
        self.phoneNumber = phoneNumber
        self.address = address
    }
}
