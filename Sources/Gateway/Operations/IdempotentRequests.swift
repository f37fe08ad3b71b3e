import Foundation
public import Outbox
public import Runtime
import Sales
import Synchronization

/// Requests with an idempotency key: each is done once, however often it is sent
/// (draft-ietf-httpapi-idempotency-key-header), also across restarts, because a request is written down before it is
/// done.
public final class IdempotentRequests: Sendable {
    private static let life: Duration = .seconds(86_400)
    /// A shop asks for some hundreds of papers a day, and this many answers fit into a few megabytes.
    private static let maximum = 10_000

    private let outbox: Outbox
    private let clock: GatewayClock
    private struct Keys {
        /// Of the requests in progress.
        var underWay: Set<String> = []
        /// Of requests that have certainly done nothing, although the outbox, which was busy, still says that they were
        /// begun. The next
        /// request with such a key takes it away.
        var withoutEffect: Set<String> = []
    }

    private let keys = Mutex(Keys())

    public init(outbox: Outbox, clock: GatewayClock = .system) {
        self.outbox = outbox
        self.clock = clock
    }

    /// Does `work` if nothing is known of the request, otherwise returns the stored answer.
    ///
    /// A request that failed without having done anything is forgotten, and may be sent again under its key. If it is
    /// not known what was done, it is never done again under that key.
    ///
    /// - Parameter work: returns its answer even if it failed in the middle; throws ``OperationError`` if nothing was
    ///   done.
    public func once(_ request: KeyedRequest, _ work: () async throws -> KeptAnswer) async throws -> KeptAnswer {
        guard keys.withLock({ $0.underWay.insert(request.key).inserted }) else {
            throw OperationError.wrongState(
                "a request with this Idempotency-Key is being done; send it again in a moment for its answer")
        }
        defer { _ = keys.withLock { $0.underWay.remove(request.key) } }
        if let kept = try await answerKept(to: request) { return kept }
        let answer: KeptAnswer
        do { answer = try await work() } catch let error as OperationError where error.isWithoutEffect {
            await forget(request)
            throw error
        }
        // If the answer cannot be stored, the request stays begun: it is not done again, and the sender has its answer.
        try? await outbox.keep(answer, to: request)
        return answer
    }

    private func forget(_ request: KeyedRequest) async {
        do { try await outbox.forget(request) } catch {
            keys.withLock { keys in
                if keys.withoutEffect.count < Self.maximum { keys.withoutEffect.insert(request.key) }
            }
        }
    }

    /// Nil if the request is new.
    private func answerKept(to request: KeyedRequest) async throws(OperationError) -> KeptAnswer? {
        let standing: KeyedRequest.Standing
        do {
            standing = try await outbox.begin(
                request, at: clock.now, keepingFor: Self.life, atMost: Self.maximum)
        } catch {
            throw OperationError(error)
        }
        switch standing {
        case .new: return nil
        case .answered(let answer): return answer
        case .begun where keys.withLock({ $0.withoutEffect.remove(request.key) }) != nil: return nil
        case .begun:
            throw .wrongState(
                "a request with this Idempotency-Key was begun before, and it is not known whether it was done; check, and if it was not, send it with a new key"
            )
        case .otherRequest:
            throw .invalidRequest([
                SaleFault(
                    pointer: "",
                    detail: "another request had this Idempotency-Key before; every request needs a key of its own")
            ])
        case .tooMany:
            throw .unavailable(
                "\(Self.maximum) requests with an Idempotency-Key came within a day, and no more are kept; without one it is done",
                retryAfter: .seconds(60))
        }
    }
}
