public import Sales

/// What a service found on a slip.
public struct SlipFinding: Sendable, Equatable {
    public let reading: SlipReading
    /// What it charged; nil if it is not known any more.
    public let credits: Int?

    public init(_ reading: SlipReading, credits: Int? = nil) {
        self.reading = reading
        self.credits = credits
    }
}
