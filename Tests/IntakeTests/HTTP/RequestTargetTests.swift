import Foundation
import GatewayAPI
import Intake
import JSON
import Testing

/// Paths and queries that their senders left as they were typed.
@Suite(.timeLimit(.minutes(1))) struct RequestTargetTests {
    private static let typed = "GET /v1/addresses?q=คลองเตย HTTP/1.1\r\nHost: pos\r\n\r\n"

    private static func first(_ answer: String) throws -> String? {
        let end = try #require(answer.range(of: "\r\n\r\n"), "\(answer)")
        return try AddressList(json: JSONParser.parse(Array(answer[end.upperBound...].utf8))).addresses.first?.tambonID
    }

    @Test("what is not ASCII in a query is understood, in every request of a connection")
    func typed() async throws {
        try await TestListener.open(ListenerLimits()) { listener in
            let till = try await Till.connect(to: listener)
            for lines in ["", "\r\n", "\r\n\r\n"] {
                try await till.send(lines + Self.typed)
                #expect(try Self.first(await till.answer()) == "103301")
            }
            try? await till.close()
        }
    }

    @Test("however the line is cut, within a letter as well")
    func inPieces() async throws {
        let bytes = Array(Self.typed.utf8)
        try await TestListener.open(ListenerLimits()) { listener in
            let till = try await Till.connect(to: listener)
            for cut in 1..<bytes.count {
                try await till.send(Array(bytes[..<cut]))
                try await till.send(Array(bytes[cut...]))
                #expect(try Self.first(await till.answer()) == "103301", "\(cut)")
            }
            for byte in bytes { try await till.send([byte]) }
            #expect(try Self.first(await till.answer()) == "103301")
            try? await till.close()
        }
    }

    private static func sale(_ id: String) -> [UInt8] {
        let body = """
            {"transaction_id":"\(id)","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[
            {"name":"ข้าวโพดปิ้ง","unit_price":"15","quantity":"8","vatable":true}]},
            "receipt":{"print":false,"notes":["ก",
            "ข"]}}
            """
        return Array((TestListener.head(body.utf8.count) + body).utf8)
    }

    @Test("a sale's text is kept as it came, wherever its request is cut, and whatever came before it")
    func bodies() async throws {
        try await TestListener.open(ListenerLimits()) { listener in
            for cut in stride(from: 1, to: Self.sale("A-100").count, by: 7) {
                let till = try await Till.connect(to: listener)
                let (first, second) = (Self.sale("A-\(100 + cut)"), Self.sale("B-\(100 + cut)"))
                try await till.send(first + second[..<cut])
                try await till.send(Array(second[cut...]))
                await till.endSending()
                let answers = String(decoding: await till.hear(for: .seconds(10)), as: UTF8.self)
                #expect(answers.components(separatedBy: "HTTP/1.1 201 Created").count == 3, "\(cut): \(answers)")
                for id in ["A-\(100 + cut)", "B-\(100 + cut)"] {
                    let kept = try await listener.event(of: id)
                    #expect(kept.contains("ข้าวโพดปิ้ง") && kept.contains("\"ข\"") && !kept.contains("%"), "\(kept)")
                }
            }
        }
    }
}
