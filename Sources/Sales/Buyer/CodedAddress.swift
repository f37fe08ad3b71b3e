/// An address in Thailand by the code of its tambon, as the official standard for tax invoices wants it.
public struct CodedAddress: Sendable, Equatable {
    public let houseNumber: String
    public let tambon: TambonCode
    public let postCode: PostCode
    public var street: String?
    public var soi: String?
    public var moo: String?
    public var mooBarn: String?
    public var buildingName: String?
    public var floor: String?
    public var room: String?

    public init(houseNumber: String, tambon: TambonCode, postCode: PostCode) {
        self.houseNumber = houseNumber
        self.tambon = tambon
        self.postCode = postCode
    }
}
