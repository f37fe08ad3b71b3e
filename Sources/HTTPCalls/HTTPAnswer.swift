public import Foundation
public import NIOHTTP1

/// What a service answered, with its body unpacked.
public struct HTTPAnswer: Sendable {
    public let status: Int
    public let headers: HTTPHeaders
    public let body: [UInt8]
}

extension HTTPAnswer {
    /// The server's clock when it answered; nil if it does not say.
    public var date: Date? { headers.first(name: "Date").flatMap(HTTPDate.parse) }

    /// `Retry-After` in seconds or as a date (RFC 9110 §10.2.3). The date is the server's, so it is compared with the
    /// server's clock.
    public var retryAfter: Duration? {
        guard let text = headers.first(name: "Retry-After") else { return nil }
        if let seconds = Int(text), seconds >= 0 { return .seconds(min(seconds, 86_400)) }
        guard let then = HTTPDate.parse(text) else { return nil }
        return .seconds(min(max(then.timeIntervalSince(date ?? Date()), 0), 86_400))
    }
}
