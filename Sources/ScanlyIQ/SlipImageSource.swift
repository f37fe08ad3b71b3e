/// Thrown by whoever hands out the images of slips: this one is gone, and does not come back.
public struct SlipImageMissing: Error {
    public init() {}
}

/// Hands out the image of a slip by its name, as the slip's request has it.
public typealias SlipImageSource = @Sendable (_ name: String) async throws -> [UInt8]
