/// A service's check of its own requests: whether a request and the sale that it was built for still agree.
public struct RequestProof: Sendable {
    /// Whether the request can be the one for its sale.
    public let agrees: @Sendable (FoundRequest) -> Bool

    public init(agrees: @escaping @Sendable (FoundRequest) -> Bool) {
        self.agrees = agrees
    }
}
