import Foundation
import JSON
import Outbox
public import RemoteServices
import Runtime
import Sales

extension BillingOperations {
    /// Makes, changes or removes something.
    ///
    /// - Parameter anew: staff have looked: an earlier call of unknown end did nothing.
    public func write(_ call: BillingCall, anew: Bool = false) async throws(OperationError) -> BillingResult {
        let provider = try billing()
        try await check(call)
        return try await alone(with: call) { () async throws(OperationError) -> BillingResult in
            if let existing = try await existing(call, anew: anew) { return existing }
            try await refuseSaleDocument(call)
            let seq = try await begin(call)
            let answer = try await settled(call, seq) { () async throws(BillingFailure) in
                try await provider.perform(call)
            }
            let bill = call.operation == .add(.bills) ? self.bill(in: answer, of: call) : nil
            try await end(seq, .done(id: answer.id, bill: bill))
            return BillingResult(call: seq, id: answer.id, entry: answer.json.members.isEmpty ? nil : answer.json)
        }
    }

    /// The thing of a call, if it is known to be there. Throws if nobody knows, and it may not be sent again.
    private func existing(_ call: BillingCall, anew: Bool) async throws(OperationError) -> BillingResult? {
        let provider = try billing()
        if anew { return nil }
        let unresolved = try await unresolved(call)
        let rule = provider.repeating(call)
        switch rule {
        case .harmless, .byStatus: return nil
        case .never:
            guard let unresolved else { return nil }
            throw .wrongState(
                "\(unresolved.sentence), and \(provider.title) cannot be asked whether it did: look there, and if it is not there, ask again with anew"
            )
        case .afterLooks, .looksFirst:
            guard unresolved != nil || rule == .looksFirst else { return nil }
            if let unresolved { try wait(for: unresolved) }
            let finding = try await asking { () async throws(BillingFailure) in try await provider.look(for: call) }
            return try await existing(call, finding, unresolved)
        }
    }

    private func existing(
        _ call: BillingCall, _ finding: BillingFinding, _ unresolved: BillingCallRecord?
    ) async throws(OperationError) -> BillingResult? {
        let title = try billing().title
        switch (finding, unresolved) {
        case (.found(let id), let unresolved):
            if let unresolved { try await end(unresolved.seq, .done(id: id, bill: bill(id, of: call))) }
            try await checkNumber(of: id, call)
            return BillingResult(call: unresolved?.seq, id: id, isExisting: true)
        case (.absent, nil): return nil
        case (.absent, let unresolved?):
            let looked: BillingCallRecord
            do { looked = try await outbox.notFound(unresolved.seq, at: clock.now) } catch {
                throw OperationError(error)
            }
            if looked.looks >= 2 { return nil }
            throw .unavailable(
                "\(unresolved.sentence). \(title) does not show it; its lists may be late. Ask again in a minute: it is looked for once more, and then sent again",
                retryAfter: .seconds(Self.betweenLooks), isUndone: true)
        case (.unknown, let unresolved):
            let reason = unresolved.map { "\($0.sentence). " } ?? ""
            throw .wrongState(
                "\(reason)\(title) has something like it that may be another's: look there, and if it is not there, ask again with anew"
            )
        }
    }

    /// A look that comes too early proves nothing.
    private func wait(for call: BillingCallRecord) throws(OperationError) {
        let due = max(call.calledAt + Self.settling, call.lookedAt.map { $0 + Self.betweenLooks } ?? .distantPast)
        let rest = due.timeIntervalSince(clock.now)
        guard rest > 0 else { return }
        throw .unavailable(
            "\(call.sentence). It is looked for once lists are surely up to date: ask again then",
            retryAfter: .seconds(rest.rounded(.up)), isUndone: true)
    }

    // MARK: The journal

    private func thing(of call: BillingCall) throws(OperationError) -> (key: String, name: String) {
        let key = try billing().key(of: call)
        return (key, "\(call.operation.name) \(key)")
    }

    /// One call about a thing at a time.
    func alone<Value>(
        with call: BillingCall, _ work: () async throws(OperationError) -> Value
    ) async throws(OperationError) -> Value {
        let name = try thing(of: call).name
        guard underWay.enter(name) else {
            throw .wrongState("the same is under way already (\(call.operation.name)); wait for its end")
        }
        defer { underWay.leave(name) }
        return try await work()
    }

    func unresolved(_ call: BillingCall) async throws(OperationError) -> BillingCallRecord? {
        let provider = try billing()
        do {
            return try await outbox.unresolvedCall(
                of: provider.name, verb: call.operation.name, key: provider.key(of: call))
        } catch {
            throw OperationError(error)
        }
    }

    func begin(_ call: BillingCall) async throws(OperationError) -> Int64 {
        let provider = try billing()
        let thing = try thing(of: call)
        let new = NewBillingCall(
            service: provider.name, verb: call.operation.name, key: thing.key,
            request: call.body.map { JSONValue.object($0).bytes })
        do {
            let seq = try await outbox.begin(new, at: clock.now)
            underWay.isSent(seq, about: thing.name)
            return seq
        } catch {
            throw OperationError(error)
        }
    }

    func end(_ seq: Int64, _ end: BillingCallEnd) async throws(OperationError) {
        do { try await outbox.end(seq, end, at: clock.now) } catch { throw OperationError(error) }
    }

    /// The answer to a call of the journal. A failure ends the call there, as what it is.
    func settled<Value: Sendable>(
        _ call: BillingCall, _ seq: Int64, _ send: @escaping @Sendable () async throws(BillingFailure) -> Value
    ) async throws(OperationError) -> Value {
        let title = try billing().title
        do { return try await sending(send) } catch let failure as BillingFailure {
            // It is gone: that is what was asked for.
            if case .remove = call.operation, failure.kind == .absent {
                try await end(seq, .done(id: call.id))
                throw OperationError(failure, at: title)
            }
            let code = failure.failure.code
            guard failure.kind == .failed, failure.failure.mayHaveActed else {
                try await end(seq, .refused(code: code))
                throw OperationError(failure, at: title)
            }
            try await end(seq, .unknown(code: code))
            throw .unavailable(
                "\(title) may have done it, and did not say so (\(code)): \(failure.failure.message). It stays in the journal as call \(seq), and is not sent again by itself",
                retryAfter: .seconds(Self.settling))
        } catch let refusal as OperationError {
            // No place was free: nothing was sent.
            try await end(seq, .refused(code: "Gateway::Busy"))
            throw refusal
        } catch {
            throw .unavailable("the gateway is stopping", retryAfter: .seconds(5))
        }
    }

    private func bill(in answer: BillingAnswer, of call: BillingCall) -> BillRecord? {
        guard let provider else { return nil }
        if let state = provider.bill(answer.json) { return BillRecord(state, of: provider.name) }
        return answer.id.flatMap { bill($0, of: call) }
    }

    /// A bill that was made, and whose status is not known yet.
    private func bill(_ id: String, of call: BillingCall) -> BillRecord? {
        guard call.operation == .add(.bills), let provider else { return nil }
        return BillRecord(id: id, service: provider.name, number: provider.key(of: call))
    }
}

extension BillingCallRecord {
    /// For a person.
    var sentence: String { "call \(seq) (\(verb)) was sent before, and its end is unknown" }
}
