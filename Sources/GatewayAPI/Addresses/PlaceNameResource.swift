/// A place's name in both languages.
public struct PlaceNameResource: WireResource {
    public var thai = ""
    public var english = ""

    public init() {}

    public init(thai: String, english: String) {
        self.thai = thai
        self.english = english
    }

    public static let fields: [WireField<PlaceNameResource>] = [.field("th", \.thai), .field("en", \.english)]
}
