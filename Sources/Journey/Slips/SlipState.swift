/// How far a payment slip has come. It says what an image shows, and never that money arrived.
public enum SlipState: String, Sendable, CaseIterable {
    /// Its image is on disk, and nobody reads it yet.
    case waiting
    /// The service reads it.
    case reading
    /// It agrees with what was to be paid.
    case matched
    /// It differs, or was seen before.
    case differs
    /// The service found no amount on it, or does not take the image.
    case unreadable
    /// It could not be read, and is not tried again by itself.
    case failed

    /// Whether the service still owes something about it.
    public var isOwed: Bool { self == .waiting || self == .reading }
}
