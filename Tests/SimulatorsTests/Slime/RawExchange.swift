import Foundation
import Testing

/// One request and its answer on a connection of their own: nothing is followed, nothing unpacked.
struct RawExchange {
    let status: Int
    /// By their names in lower case.
    let headers: [String: String]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    init(
        _ method: String, _ url: String, body: String = "", type: String = "application/json"
    ) async throws {
        let parts = try #require(URLComponents(string: url))
        let path = parts.percentEncodedPath + (parts.percentEncodedQuery.map { "?" + $0 } ?? "")
        let line = try await Dialler.connect(port: try #require(parts.port))
        let head =
            "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: \(type)\r\nConnection: close\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n"
        try await line.send(Array((head + body).utf8))
        let bytes = try await line.untilClosed()
        let end = try #require(bytes.firstRange(of: Array("\r\n\r\n".utf8)))
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        status = try #require(Int(lines[0].split(separator: " ")[1]))
        headers = Dictionary(
            lines.dropFirst().compactMap { line in
                line.firstIndex(of: ":").map {
                    (line[..<$0].lowercased(), line[$0...].dropFirst().trimmingCharacters(in: .whitespaces))
                }
            }, uniquingKeysWith: { first, _ in first })
        self.body = Array(bytes[end.upperBound...])
    }
}
