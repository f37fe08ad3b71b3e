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
    /// - Parameter path: absolute. The file is made before the token is asked for.
    public func writeToken(_ request: AccessTokenRequest, to path: String) async throws(OperationError) {
        let provider = try billing()
        let file = try TokenFile(path)
        var isKept = false
        defer { file.close(keeping: isKept) }
        let token: AccessToken
        if request == .new {
            let call = TokenCall(verb: "token new")
            token = try await journalled(call) { () async throws(BillingFailure) in
                try await provider.accessToken(.new)
            }
        } else {
            token = try await asking { () async throws(BillingFailure) in try await provider.accessToken(.current) }
        }
        do { try token.write { try file.write($0) } } catch {
            throw .unavailable("the token could not be written to \(path): \(error)", retryAfter: .seconds(5))
        }
        isKept = true
    }

    public func revokeToken() async throws(OperationError) {
        let provider = try billing()
        try await journalled(TokenCall(verb: "token revoke")) { () async throws(BillingFailure) in
            try await provider.revokeAccessToken()
        }
    }

    private struct TokenCall {
        let verb: String
        /// There is one account.
        let key = "token"
    }

    private func journalled<Value: Sendable>(
        _ call: TokenCall, _ send: @escaping @Sendable () async throws(BillingFailure) -> Value
    ) async throws(OperationError) -> Value {
        let provider = try billing()
        let seq: Int64
        do {
            seq = try await outbox.begin(
                NewBillingCall(service: provider.name, verb: call.verb, key: call.key, request: nil), at: clock.now)
        } catch {
            throw OperationError(error)
        }
        let value: Value
        do { value = try await sending(send) } catch {
            let failure = error as? BillingFailure
            let mayHaveActed = failure.map { $0.kind == .failed && $0.failure.mayHaveActed } ?? false
            let code = failure?.failure.code ?? "Gateway::Busy"
            try await end(seq, mayHaveActed ? .unknown(code: code) : .refused(code: code))
            throw failure.map { OperationError($0, at: provider.title) } ?? error as? OperationError
                ?? .unavailable("the gateway is stopping", retryAfter: .seconds(5))
        }
        try await end(seq, .done(id: nil))
        return value
    }
}

/// A new file for one secret.
private final class TokenFile {
    private let path: String
    private let descriptor: Int32

    init(_ path: String) throws(OperationError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            let code = errno
            if code == EEXIST {
                throw .wrongState("\(path) is there already, and nothing is overwritten; name another file")
            }
            throw .invalidRequest([
                SaleFault(
                    pointer: "/path",
                    detail: "the gateway cannot make \(path): \(String(cString: strerror(code)))")
            ])
        }
    }

    func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw POSIXError(.init(rawValue: errno) ?? .EIO)
            }
        }
        guard fsync(descriptor) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }

    func close(keeping: Bool) {
        Foundation.close(descriptor)
        if !keeping { unlink(path) }
    }
}
