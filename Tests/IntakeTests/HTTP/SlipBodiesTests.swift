import Foundation
import GatewayAPI
import JSON
import Outbox
import Testing

@testable import Intake

/// What tills send as a slip's picture, and in what way.
@Suite(.timeLimit(.minutes(1))) struct SlipBodiesTests {
    private static let thai = String(repeating: "%E0%B8%81", count: 300)

    /// - Parameter length: nil for a body of unknown length, in chunks.
    private func head(_ path: String, _ type: String = "image/png", length: Int?) -> String {
        let body = length.map { "Content-Length: \($0)" } ?? "Transfer-Encoding: chunked"
        return "POST \(path) HTTP/1.1\r\nHost: pos\r\nContent-Type: \(type)\r\n\(body)\r\n\r\n"
    }

    private func chunk(_ bytes: [UInt8]) -> [UInt8] {
        Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8)
    }

    private func withTill(
        _ limits: ListenerLimits = ListenerLimits(), picture: Int = 1 << 20,
        _ body: (Till, TestListener) async throws -> Void
    ) async throws {
        try await TestListener.open(limits, picture: picture) { listener in
            let till = try await Till.connect(to: listener)
            try await till.send(TestListener.post("X/1"))
            await till.expect("HTTP/1.1 201")
            try await body(till, listener)
            try? await till.close()
        }
    }

    private func post(_ till: Till, _ path: String, _ bytes: [UInt8], _ type: String = "image/png") async throws
        -> String
    {
        try await till.send(Array(head(path, type, length: bytes.count).utf8) + bytes)
        return await till.answer()
    }

    private func id(_ answer: String) throws -> String {
        let body = try #require(answer.range(of: "\r\n\r\n")).upperBound
        return try SlipResource(json: JSONParser.parse(Array(answer[body...].utf8))).id
    }

    @Test("a slip of a sale that is not here is refused before its picture is sent") func early() async throws {
        try await withTill { till, _ in
            try await till.send(head("/v1/sales/NONE/slips", length: 1 << 20))
            let answer = await till.answer()
            #expect(answer.hasPrefix("HTTP/1.1 404") && answer.contains("NONE"), "\(answer)")
        }
    }

    @Test("a picture that drips takes no more room than it has bytes", arguments: [1 << 20, nil])
    func dripping(length: Int?) async throws {
        var limits = ListenerLimits()
        limits.largeBodies = 1 << 20
        limits.waitLimit = .milliseconds(100)
        try await withTill(limits) { till, listener in
            let slow = try await Till.connect(to: listener)
            let begin = [UInt8](repeating: 1, count: 100_000)
            try await slow.send(
                Array(head("/v1/sales/X%2F1/slips", length: length).utf8) + (length == nil ? chunk(begin) : begin))
            let answer = try await post(till, "/v1/sales/X%2F1/slips", SampleSlip.png("x", padding: 300_000))
            #expect(answer.hasPrefix("HTTP/1.1 202"), "\(answer)")
            try? await slow.close()
        }
    }

    @Test("a JPEG of 50 MB is refused, however it is sent, and nothing of it is kept", arguments: [50 << 20, nil])
    func huge(length: Int?) async throws {
        try await withTill(picture: 8 << 20) { till, listener in
            try await till.send(head("/v1/sales/X%2F1/slips", "image/jpeg", length: length))
            if length == nil {
                let piece = chunk(SampleSlip.jpeg + [UInt8](repeating: 0, count: 1 << 20))
                for _ in 0..<50 {
                    // Once it is refused, the gateway reads no more.
                    do { try await till.send(piece) } catch { break }
                }
            }
            let answer = await till.answer()
            #expect(answer.hasPrefix("HTTP/1.1 413") && answer.contains("slips.max_image"), "\(answer)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: listener.pictures) == [])
        }
    }

    @Test("a JPEG that ends in the middle is refused, and a WebP is taken without what it says beside its pixels")
    func kinds() async throws {
        try await withTill { till, listener in
            let path = "/v1/sales/X%2F1/slips"
            for count in [4, 14, SampleSlip.jpeg.count - 1] {
                let answer = try await post(till, path, Array(SampleSlip.jpeg.prefix(count)), "image/jpeg")
                #expect(answer.hasPrefix("HTTP/1.1 422") && answer.contains("ends in the middle"), "\(answer)")
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: listener.pictures) == [])
            let answer = try await post(till, path, SampleSlip.webp, "image/webp")
            #expect(answer.hasPrefix("HTTP/1.1 202"), "\(answer)")
            let kept = try Data(contentsOf: URL(filePath: "\(listener.pictures)/\(try id(answer)).webp"))
            #expect(kept.starts(with: Data("RIFF".utf8)) && kept.range(of: Data("SECRET".utf8)) == nil)
        }
    }

    @Test("300 Thai letters name no sale and no till") func thaiNames() async throws {
        try await withTill { till, _ in
            for (path, status) in [
                ("/v1/sales/\(Self.thai)/slips", 404), ("/v1/slips?amount=1&sale=\(Self.thai)", 422),
                ("/v1/slips?amount=1&terminal_id=\(Self.thai)", 422),
            ] {
                let answer = try await post(till, path, SampleSlip.png("x"))
                #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(answer)")
            }
        }
    }

    @Test("the same picture without a sale is the same slip, and the sale's once it is handed in for that")
    func again() async throws {
        try await withTill { till, _ in
            let first = try await post(till, "/v1/slips?amount=120&terminal_id=POS-1", SampleSlip.png("x"))
            #expect(first.hasPrefix("HTTP/1.1 202"), "\(first)")
            for path in ["/v1/slips?amount=120.00&terminal_id=POS-1", "/v1/sales/X%2F1/slips"] {
                let again = try await post(till, path, SampleSlip.png("x"))
                #expect(again.hasPrefix("HTTP/1.1 200"), "\(again)")
                #expect(try id(again) == id(first))
            }
        }
    }

    @Test(
        "a sale takes twenty slips and no more", arguments: ["/v1/sales/X%2F1/slips", "/v1/slips?amount=1&sale=X%2F1"])
    func many(path: String) async throws {
        try await withTill { till, _ in
            for number in 1...Outbox.maximumSlipsOfSale {
                let answer = try await post(till, path, SampleSlip.png("\(number)"))
                #expect(answer.hasPrefix("HTTP/1.1 202"), "\(answer)")
            }
            let answer = try await post(till, path, SampleSlip.png("more"))
            #expect(answer.hasPrefix("HTTP/1.1 409") && answer.contains("has 20 slips"), "\(answer)")
        }
    }
}
