/// An answer that is not what the API describes.
public struct WireFault: Error, Sendable, Equatable, CustomStringConvertible {
    public let detail: String

    public var description: String { "the gateway's answer is not as expected: \(detail)" }
}
