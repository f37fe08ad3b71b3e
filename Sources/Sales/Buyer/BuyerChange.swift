public import JSON

/// What staff say of a sale's buyer in place of what its event says, because the provider refused it.
///
/// The event itself stays as it came: a till that sends it again sends the same sale.
public enum BuyerChange: Sendable, Equatable {
    /// The member `buyer` of the event is this instead.
    case replaced(JSONObject)
    /// The document is made out to nobody.
    case removed

    /// As it is kept; nil for anything else.
    public init?(_ bytes: [UInt8]) {
        guard case .object(let object)? = try? JSONParser.parse(bytes), object.members.count == 1 else { return nil }
        switch (object["buyer"], object["without_buyer"]) {
        case (.object(let buyer)?, nil): self = .replaced(buyer)
        case (nil, .bool(true)?): self = .removed
        default: return nil
        }
    }

    /// As it is kept, and as staff send it.
    public var bytes: [UInt8] {
        switch self {
        case .replaced(let buyer): JSONValue.object(["buyer": .object(buyer)]).canonicalBytes
        case .removed: JSONValue.object(["without_buyer": .bool(true)]).canonicalBytes
        }
    }

    /// The document of a sale that was to get another.
    public func documentType(insteadOf original: DocumentType) -> DocumentType {
        switch self {
        case .replaced: original.namesBuyer ? original : .taxInvoice
        case .removed: .taxInvoiceStub
        }
    }
}
