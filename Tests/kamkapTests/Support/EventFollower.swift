import AsyncHTTPClient
import Foundation
import JSON
import NIOCore
import NIOHTTP1

/// Reads a gateway's event stream line by line, only as fast as it is asked to.
struct EventFollower {
    struct Event {
        let id: Int?
        let name: String
        let data: JSONObject

        func text(_ member: String) -> String? {
            if case .string(let text)? = data[member] { text } else { nil }
        }
    }

    let status: Int
    let type: String?
    /// Everything that was read so far.
    private(set) var received = ""
    private var chunks: HTTPClientResponse.Body.AsyncIterator
    private var waiting = ""

    /// Returns once the gateway has answered; from then on no event is missed.
    init(_ store: Store, over client: HTTPClient = .shared) async throws {
        guard let url = URL(httpURLWithSocketPath: store.socket, uri: "/v1/events") else {
            throw FixtureError("no such socket path")
        }
        let response = try await client.execute(
            HTTPClientRequest(url: url.absoluteString), deadline: .now() + .minutes(2))
        status = Int(response.status.code)
        type = response.headers.first(name: "Content-Type")
        chunks = response.body.makeAsyncIterator()
    }

    /// The next event; nil at the stream's proper end.
    mutating func next() async throws -> Event? {
        while true {
            if let end = waiting.range(of: "\n\n") {
                let block = waiting[..<end.lowerBound].split(separator: "\n")
                waiting.removeSubrange(..<end.upperBound)
                if let event = try Self.event(block) { return event }
                continue
            }
            guard let chunk = try await chunks.next() else { return nil }
            let text = String(buffer: chunk)
            received += text
            waiting += text
        }
    }

    /// The first event from here on that `isWanted` holds of.
    mutating func next(where isWanted: (Event) -> Bool) async throws -> Event {
        while let event = try await next() { if isWanted(event) { return event } }
        throw FixtureError("the stream ended first; it was:\n\(received)")
    }

    /// nil for a comment.
    private static func event(_ lines: [Substring]) throws -> Event? {
        if lines.allSatisfy({ $0.hasPrefix(":") }) { return nil }
        func field(_ name: String) -> Substring? {
            lines.first { $0.hasPrefix(name + ": ") }?.dropFirst(name.count + 2)
        }
        guard let name = field("event"), let data = field("data"),
            case .object(let object) = try JSONParser.parse(Array(data.utf8))
        else { throw FixtureError("not an event: \(lines)") }
        return Event(id: field("id").flatMap { Int($0) }, name: String(name), data: object)
    }
}
