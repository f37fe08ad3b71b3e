import AsyncHTTPClient
import Crypto
import Foundation
import NIOCore
import NIOHTTP1

/// AsyncHTTPClient makes the two calls of each sale, and nothing else: its requests are signed beforehand.
struct BareSlimeLoop {
    let endpoint: String
    let sales: Int
    let concurrency: Int

    /// Sales a second, and the milliseconds of processor time that all of them took.
    func run() async throws -> (rate: Double, processor: Double) {
        let calls = (0..<sales).map { number in
            [
                body("simple-transaction/initiate-with-tax-invoice-stub", data: SampleSale.stub(number)),
                body("trading-transaction/show", data: #"{"transaction_id":"\#(SampleSale.id(number))"}"#),
            ]
        }
        let client = HTTPClient(eventLoopGroupProvider: .singleton)
        let (begun, processor) = (ContinuousClock.now, ProcessorTime.now)
        let outcome: Result<Void, any Error>
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<concurrency {
                    group.addTask {
                        for number in stride(from: worker, to: sales, by: concurrency) {
                            for call in calls[number] { try await send(call, by: client) }
                        }
                    }
                }
                try await group.waitForAll()
            }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        let seconds = (ContinuousClock.now - begun) / .seconds(1)
        try await client.shutdown()
        try outcome.get()
        return (Double(sales) / seconds, ProcessorTime.now - processor)
    }

    private func send(_ body: ByteBuffer, by client: HTTPClient) async throws {
        var request = HTTPClientRequest(url: endpoint)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(body)
        let answer = try await client.execute(request, timeout: .seconds(10))
        _ = try await answer.body.collect(upTo: 1 << 20)
        guard answer.status == .ok else { throw BenchmarkError("Slime answered \(answer.status.code)") }
    }

    private func body(_ subject: String, data: String) -> ByteBuffer {
        let header = #"{"typ":"JWT","alg":"HS256","kid":"\#(ProviderUnderTest.keyID)"}"#
        let claims =
            #"{"sub":"\#(subject)","aud":"thai-document.slime.systems","iat":\#(Int(Date().timeIntervalSince1970)),"data":\#(data)}"#
        let signed = Self.base64URL(Data(header.utf8)) + "." + Self.base64URL(Data(claims.utf8))
        let key = SymmetricKey(data: Data(ProviderUnderTest.slime.secret.utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: key)
        return ByteBuffer(string: #"{"request":"\#(signed).\#(Self.base64URL(Data(code)))"}"#)
    }

    private static func base64URL(_ data: Data) -> String {
        data.base64EncodedString().replacing("=", with: "").replacing("+", with: "-").replacing("/", with: "_")
    }
}
