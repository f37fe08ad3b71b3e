import Foundation
import Outbox
public import RemoteServices
import Runtime
import Sales

// The key of the account. It goes into a file, and nowhere else: neither its answers nor itself are in the journal.
extension BillingOperations {
    /// Whether the account may use the provider's interface.
    public func checkAuthorization() async throws(OperationError) {
        let provider = try billing()
        try await asking { () async throws(BillingFailure) in try await provider.checkAuthorization() }
    }

    /// Writes the current token, or a new one, into a new file that only the gateway's user can read.
    ///
    /// A new one may end the one before. So it is on disk before its call ends in the journal, and stays there whatever
    /// becomes of that.
    ///
    /// - Parameter path: absolute. The file is made, and has its room, before the token is asked for.
    public func writeToken(_ request: AccessTokenRequest, to path: String) async throws(OperationError) {
        let provider = try billing()
        let file = try TokenFile(path)
        defer { file.close() }
        guard request == .new else {
            let token = try await asking { () async throws(BillingFailure) in
                try await provider.accessToken(.current)
            }
            return try file.keep(token)
        }
        let seq = try await begin(TokenCall(verb: "token new"))
        let token = try await answer(to: seq) { () async throws(BillingFailure) in
            try await provider.accessToken(.new)
        }
        do { try file.keep(token) } catch {
            // The provider has made it all the same.
            try await end(seq, .done(id: nil))
            throw error
        }
        try await end(seq, .done(id: nil))
    }

    public func revokeToken() async throws(OperationError) {
        let provider = try billing()
        let seq = try await begin(TokenCall(verb: "token revoke"))
        try await answer(to: seq) { () async throws(BillingFailure) in try await provider.revokeAccessToken() }
        try await end(seq, .done(id: nil))
    }

    private struct TokenCall {
        let verb: String
        /// There is one account.
        let key = "token"
    }

    private func begin(_ call: TokenCall) async throws(OperationError) -> Int64 {
        let new = NewBillingCall(service: try billing().name, verb: call.verb, key: call.key, request: nil)
        do { return try await outbox.begin(new, at: clock.now) } catch { throw OperationError(error) }
    }

    /// A failure ends the call in the journal, as what it is.
    private func answer<Value: Sendable>(
        to seq: Int64, _ send: @escaping @Sendable () async throws(BillingFailure) -> Value
    ) async throws(OperationError) -> Value {
        let title = try billing().title
        do { return try await sending(send) } catch {
            let failure = error as? BillingFailure
            let mayHaveActed = failure.map { $0.kind == .failed && $0.failure.mayHaveActed } ?? false
            let code = failure?.failure.code ?? "Gateway::Busy"
            try await end(seq, mayHaveActed ? .unknown(code: code) : .refused(code: code))
            throw failure.map { OperationError($0, at: title) } ?? error as? OperationError
                ?? .unavailable("the gateway is stopping", retryAfter: .seconds(5))
        }
    }
}
