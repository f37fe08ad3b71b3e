public import RemoteServices

extension BillgateService: DocumentWithdrawing {
    public func withdraw(_ job: OwedJob) async -> ServiceFailure? {
        guard let kind = RegistrationContext(job.request.context)?.kind, let id = job.remoteID else {
            return Self.invalidContext
        }
        do {
            try await observer.counted(.delete(kind)) { () async throws(BillgateError) in
                try await client.delete(kind, id)
            }
            return nil
        } catch {
            // Whose document it is, is not known here: nothing of the answer is repeated.
            let failure = error.withoutAnswer.failure(at: .withdraw)
            guard error.kind == .status(404) else { return failure }
            // A wrong address, or a proxy, answers so to everything. The document is gone only if Billgate itself says it.
            return await probe() == nil ? nil : failure
        }
    }
}

extension BillgateError {
    /// The same without anything that the answer says.
    var withoutAnswer: BillgateError {
        guard case .status(let status) = kind else { return self }
        return BillgateError(kind, "Billgate answered HTTP \(status)", retryAfter: retryAfter)
    }
}
