public import NIOHTTP1

/// What a service answered, with its body unpacked.
public struct HTTPAnswer: Sendable {
    public let status: Int
    public let headers: HTTPHeaders
    public let body: [UInt8]
}
