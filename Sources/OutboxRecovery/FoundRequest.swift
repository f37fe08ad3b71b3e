public import JSON
public import Sales

/// A request as it was found, and the sale that it belongs to.
public struct FoundRequest: Sendable {
    /// What it asks for.
    public let kind: JobKind
    public let bytes: [UInt8]
    /// What the service kept beside it.
    public let context: String?
    /// The sale's event.
    public let event: JSONObject
    /// What staff had said of the sale's buyer since.
    public let change: BuyerChange?
}
