import Crypto
import Foundation
import Gateway
import GatewayAPI
import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import Outbox

extension IdempotentRequests {
    /// Answers a request that prints or opens something: once, if it has a key.
    ///
    /// - Parameter operation: the operation, in whatever way the request names it.
    func answer(
        _ request: Request, asking operation: [String],
        _ work: () async throws -> (status: HTTPResponse.Status, json: JSONValue)
    ) async throws -> Response {
        guard let key = try IdempotencyKey(of: request) else {
            let (status, json) = try await work()
            return .json(json, status: status)
        }
        let keyed = KeyedRequest(
            key: key.text,
            fingerprint: Array(SHA256.hash(data: JSONValue.array(operation.map { .string($0) }).bytes)))
        let answer = try await once(keyed) {
            do {
                let (status, json) = try await work()
                return KeptAnswer(status: status.code, body: json.bytes)
            } catch let error as OperationError where error.isHalfDone {
                let problem = ProblemError(error)
                return KeptAnswer(
                    status: problem.problem.status, body: problem.problem.json.bytes,
                    retryAfter: problem.retryAfter.map { Int($0.components.seconds) })
            }
        }
        return Response(answer)
    }
}

extension Response {
    fileprivate init(_ answer: KeptAnswer) {
        let type = answer.status < 400 ? "application/json" : Problem.mediaType
        self.init(
            status: .init(code: answer.status), headers: [.contentType: type],
            body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
        if let seconds = answer.retryAfter { headers[.retryAfter] = "\(seconds)" }
    }
}
