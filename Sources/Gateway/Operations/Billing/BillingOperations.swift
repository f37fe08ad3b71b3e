import Foundation
public import JSON
import Logging
public import Outbox
public import RemoteServices
public import Runtime
import Sales
import ServiceLifecycle
import Synchronization

/// What staff do about bills, and the books beside them.
///
/// Every call that changes something is written down before its first byte. One whose end is unknown stays so, and is never
/// sent again by itself; staff who ask again get what is exactly repeatable, after two looks that did not find it.
public struct BillingOperations: Sendable {
    private static let places = 2
    private static let waitLimit: Duration = .seconds(5)
    /// A new thing may be missing from lists for so long.
    static let settling: TimeInterval = 20
    /// Between the two looks.
    static let betweenLooks: TimeInterval = 60

    let outbox: Outbox
    let provider: (any BillingProvider)?
    let clock: GatewayClock
    /// The calls that are under way, by what they are about.
    let underWay = CallsUnderWay()
    private let semaphore = AsyncSemaphore(
        places: Self.places, waitLimit: Self.waitLimit,
        refusal: "too many calls about bills are under way already; ask again")

    /// - Parameter provider: the one that has bills; nil if none is configured.
    public init(outbox: Outbox, provider: (any BillingProvider)?, clock: GatewayClock) {
        self.outbox = outbox
        self.provider = provider
        self.clock = clock
    }

    // MARK: Reading

    public func list(_ book: BillingBook, _ query: [String: String]) async throws(OperationError) -> BillingPage {
        let call = BillingCall(.list(book), query: query)
        let provider = try billing()
        try await check(call)
        return try await asking { () async throws(BillingFailure) in try await provider.page(call) }
    }

    public func show(_ book: BillingBook, _ id: String) async throws(OperationError) -> JSONObject {
        let provider = try billing()
        let call = BillingCall(.show(book), id: id)
        try await check(call)
        let answer = try await asking { () async throws(BillingFailure) in try await provider.perform(call) }
        if book == .bills { await remember(answer.json) }
        return answer.json
    }

    /// How a bill came to its status.
    public func log(ofBill id: String) async throws(OperationError) -> [JSONObject] {
        let provider = try billing()
        let call = BillingCall(.transitions, id: id)
        try await check(call)
        let answer = try await asking { () async throws(BillingFailure) in try await provider.perform(call) }
        return Self.transitions(answer)
    }

    /// The journal, newest first.
    public func calls(before: Int64?, limit: Int) async throws(OperationError) -> [BillingCallRecord] {
        do { return try await outbox.billingCalls(before: before, limit: limit).map { underWay.shown($0) } } catch {
            throw OperationError(error)
        }
    }

    // MARK: Parts

    func billing() throws(OperationError) -> any BillingProvider {
        guard let provider else { throw .notFound("no provider that has bills is configured: that is Billgate") }
        return provider
    }

    func check(_ call: BillingCall) async throws(OperationError) {
        let provider = try billing()
        let faults = try await asking { () async throws(BillingFailure) in try await provider.faults(of: call) }
        if !faults.isEmpty { throw .invalidRequest(faults) }
    }

    /// A call that changes nothing: a stop of the gateway ends it.
    func asking<Value: Sendable>(
        _ question: @escaping @Sendable () async throws(BillingFailure) -> Value
    ) async throws(OperationError) -> Value {
        try await passing {
            try await cancelWhenGracefulShutdown { try await question() }
        }
    }

    /// A call that changes something is not broken off.
    func sending<Value: Sendable>(
        _ send: @escaping @Sendable () async throws(BillingFailure) -> Value
    ) async throws -> Value {
        try await semaphore.pass { try await send() }
    }

    private func passing<Value: Sendable>(
        _ work: () async throws -> Value
    ) async throws(OperationError) -> Value {
        do { return try await semaphore.pass(work) } catch let failure as BillingFailure {
            throw OperationError(failure, at: provider?.title ?? "")
        } catch let refusal as OperationError {
            throw refusal
        } catch {
            throw .unavailable("the gateway is stopping", retryAfter: .seconds(5))
        }
    }

    /// What is seen of a bill that is watched need not wait for its next poll.
    func remember(_ answer: JSONObject) async {
        guard let provider, let state = provider.bill(answer),
            let known = try? await outbox.bill(state.id), known.service == provider.name
        else { return }
        try? await outbox.keep(BillRecord(state, of: provider.name), polledAt: clock.now)
    }

    static func transitions(_ answer: BillingAnswer) -> [JSONObject] {
        guard case .array(let values)? = answer.json["data"] else { return [] }
        return values.compactMap { if case .object(let object) = $0 { object } else { nil } }
    }
}

extension BillRecord {
    init(_ state: BillState, of service: ServiceName) {
        self.init(
            id: state.id, service: service, number: state.number, status: state.status,
            isOpen: state.status != BillState.paid)
    }
}

extension OperationError {
    /// After a failure that says nothing of its own.
    private static let pause: Duration = .seconds(30)

    init(_ failure: BillingFailure, at title: String) {
        let reason = failure.failure
        switch failure.kind {
        case .absent: self = .notFound("\(title) has nothing of this id")
        case .refused: self = .wrongState("\(title) refused it (\(reason.code)): \(reason.message)")
        case .accountRefused, .failed:
            self = .unavailable(
                "\(title) did not answer with what was asked for (\(reason.code)): \(reason.message)",
                retryAfter: reason.retryAfter ?? Self.pause)
        }
    }
}
