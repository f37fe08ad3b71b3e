/// The order of a simulator's lists, where a page says nothing of one.
public enum ShelfOrder: String, Sendable, CaseIterable {
    case newest, oldest, number
    /// Some order that stays, in which new ones turn up anywhere.
    case shuffled
    /// The newest day first, and those of a day in another order at every call.
    case unstable
}
