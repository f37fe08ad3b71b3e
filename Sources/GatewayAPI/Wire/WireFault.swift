/// An answer that does not match the API's description.
public struct WireFault: Error, Sendable, Equatable, CustomStringConvertible {
    public let detail: String

    public var description: String { "the gateway's answer is not as expected: \(detail)" }
}
