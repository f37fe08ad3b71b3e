import JSON
import RemoteServices

extension BillgateClient {
    /// Sends any operation of the page.
    func perform(
        _ operation: BillgateOperation, id: String? = nil, query: [String: String] = [:], body: JSONObject? = nil
    ) async throws(BillgateError) -> JSONObject {
        let path = operation.terms.path.replacing("*", with: Self.escaped(id ?? ""))
        return try await send(
            .billing(operation), to: path, query: query.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
            body: body.map { JSONValue.object($0).bytes })
    }

    /// Sends an operation whose answer is, or may quote, a key of the account. Nothing of it goes into a message.
    func token(_ operation: BillgateOperation) async throws(BillgateError) -> AccessToken? {
        let answer: JSONObject
        do { answer = try await perform(operation) } catch {
            guard case .status(let status) = error.kind else { throw error }
            throw BillgateError(
                error.kind, "Billgate answered HTTP \(status), expected \(operation.terms.status)",
                retryAfter: error.retryAfter)
        }
        guard operation.terms.hasAnswer else { return nil }
        guard let text = answer.text("access_token") else {
            throw BillgateError(.unintelligible, "Billgate answered without \"access_token\"")
        }
        return AccessToken(text)
    }
}
