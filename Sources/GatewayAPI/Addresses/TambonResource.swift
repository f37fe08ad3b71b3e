/// A tambon with the amphoe and the changwat that it is in.
public struct TambonResource: WireResource {
    public var tambonID = ""
    public var amphoeID = ""
    public var changwatID = ""
    /// At least one.
    public var postCodes: [String] = []
    /// The three names, without words for their levels.
    public var tambon = PlaceNameResource()
    public var amphoe = PlaceNameResource()
    public var changwat = PlaceNameResource()
    /// The three names as an address has them.
    public var text = PlaceNameResource()

    public init() {}

    public static let fields: [WireField<TambonResource>] = [
        .field("tambon_id", \.tambonID), .field("amphoe_id", \.amphoeID), .field("changwat_id", \.changwatID),
        .field("post_codes", \.postCodes), .field("tambon", \.tambon), .field("amphoe", \.amphoe),
        .field("changwat", \.changwat), .field("text", \.text),
    ]
}
