import JSON
import Outbox
public import RemoteServices
import Sales

extension BillingOperations {
    /// The statuses in which no customer has said that a bill is paid.
    private static let unclaimed: Set = ["created", "pending_payment"]

    /// Confirms that the money for a bill has come, or declines what its customer says.
    ///
    /// The bill is read first, so that nothing is confirmed twice, and no other amount by mistake; its log is read after that.
    ///
    /// - Parameter differs: staff mean an amount that is not what the bill asks for.
    public func settlePayment(
        _ call: BillingCall, differs: Bool = false
    ) async throws(OperationError) -> BillingResult {
        let provider = try billing()
        try await check(call)
        return try await alone(with: call) { () async throws(OperationError) -> BillingResult in
            let id = call.id ?? ""
            let before = try await asking { () async throws(BillingFailure) in
                try await provider.perform(BillingCall(.show(.bills), id: id))
            }
            let status = provider.bill(before.json)?.status
            if let done = try await settledBefore(call, status: status) { return done }
            if !differs, let fault = Self.fault(of: call, ofBill: before.json) { throw .invalidRequest([fault]) }
            let seq = try await begin(call)
            _ = try await settled(call, seq) { () async throws(BillingFailure) in try await provider.perform(call) }
            try await end(seq, .done(id: id))
            return await result(of: seq, id)
        }
    }

    /// A confirmation cannot be taken back.
    private static func fault(of call: BillingCall, ofBill bill: JSONObject) -> SaleFault? {
        guard call.operation == .confirmPayment, let payment = call.body else { return nil }
        return BillAmount(askedBy: bill)?.fault(of: payment)
    }

    /// What the status says of a call that need not, or must not, be sent.
    private func settledBefore(_ call: BillingCall, status: String?) async throws(OperationError) -> BillingResult? {
        let id = call.id ?? ""
        if status == BillState.paid {
            guard call.operation == .confirmPayment, let earlier = try await unresolved(call) else {
                throw .wrongState("the bill \(id) is paid already; kamkap billing log \(id) shows how")
            }
            // The answer was lost, and it was done.
            try await end(earlier.seq, .done(id: id))
            return await result(of: earlier.seq, id, isExisting: true)
        }
        if call.operation == .declinePayment, let status, Self.unclaimed.contains(status) {
            throw .wrongState(
                "the customer of the bill \(id) has not said that it is paid (it is \(status)): there is nothing to decline"
            )
        }
        return nil
    }

    /// The bill and its log as they are now. Not to know them is no failure: the call itself succeeded.
    private func result(of seq: Int64, _ id: String, isExisting: Bool = false) async -> BillingResult {
        let shown = try? await show(.bills, id)
        return BillingResult(
            call: seq, id: id, isExisting: isExisting, bill: shown.flatMap { provider?.bill($0) },
            log: try? await log(ofBill: id))
    }
}
