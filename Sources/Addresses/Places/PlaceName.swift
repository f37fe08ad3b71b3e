/// What a place is called, without a word for its level: คลองเตย and Khlong Toei, not เขตคลองเตย.
public struct PlaceName: Sendable, Hashable {
    public let thai: String
    /// As the Department of Provincial Administration spells it.
    public let english: String
}
