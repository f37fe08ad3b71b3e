import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Fetches files from locations that a service names: by https, within a size and a time, and from no host that only this
/// machine or its network can reach.
public struct FileFetcher: Sendable {
    /// Storage services lead a request on to another region once. More is a loop, or somebody's trick.
    private static let maximumRedirects = 1

    private let options: CallOptions
    private let reach: FileReach
    private let exchange: HTTPExchange

    /// - Parameter options: its time-out is for a whole file with every redirect, its `maximumAnswer` for the longest file.
    public init(_ options: CallOptions, reach: FileReach) {
        self.options = options
        self.reach = reach
        exchange = HTTPExchange(options, peers: PeerRule(reach: reach))
    }

    /// Closes the connections; do not use the fetcher after that.
    public func shutdown() async throws {
        try await exchange.shutdown()
    }

    /// - Parameters:
    ///   - location: a URL, as the service gave it.
    ///   - bytes: a longer file is not read to its end.
    public func fetch(_ location: String, atMost bytes: Int) async throws(FileFailure) -> [UInt8] {
        let deadline = options.timeout.deadline
        var next = try checked(location, "the file's location may not be called")
        for _ in 0...Self.maximumRedirects {
            let answer = try await get(next, atMost: min(bytes, options.maximumAnswer), by: deadline)
            switch answer.status {
            case 200: return answer.body
            case 301, 302, 303, 307, 308:
                let target = answer.headers.first(name: "Location") ?? ""
                next = try checked(target, relativeTo: next, "the file's host leads to a place that may not be called")
            default:
                throw FileFailure(
                    .status(answer.status), "the file's host answered HTTP \(answer.status), expected 200")
            }
        }
        throw FileFailure(
            .forbidden, "the file's host leads on and on, expected at most \(Self.maximumRedirects) redirect")
    }

    private func checked(
        _ location: String, relativeTo base: FileLocation? = nil, _ refusal: String
    ) throws(FileFailure) -> FileLocation {
        do { return try FileLocation(location, relativeTo: base, reach: reach) } catch {
            throw FileFailure(.forbidden, "\(refusal): \(error.message)")
        }
    }

    private func get(
        _ location: FileLocation, atMost bytes: Int, by deadline: NIODeadline
    ) async throws(FileFailure) -> HTTPAnswer {
        let target = CallTarget(url: location.url, options: options, subject: .file)
        do {
            let request = try HTTPClient.Request(.GET, target, url: location.url, headers: ["User-Agent": "Kamkap"])
            return try await exchange.answer(to: request, of: target, maximum: bytes, by: deadline)
        } catch {
            throw FileFailure(error, atMost: bytes)
        }
    }
}

extension FileFailure {
    fileprivate init(_ failure: TransportFailure, atMost bytes: Int) {
        switch failure.cause {
        case .tooLong: self.init(.tooLong, "the file is longer than \(bytes) bytes")
        case .forbidden: self.init(.forbidden, failure.message)
        default: self.init(.transport(failure.cause), failure.message)
        }
    }
}
