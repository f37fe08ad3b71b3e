public import RemoteServices

// The key, the credits and the model.
extension ScanlyIQService {
    /// Whether the key is accepted, the model is there, and the credits are enough for a slip.
    public func probe() async -> ServiceFailure? {
        let balance: Int
        do { balance = try await self.balance() } catch { return error.failure(at: .probe) }
        // No question shows whether the next job has an id, and each try is charged.
        if let failure = jobsWithoutID.last { return failure }
        do throws(ServiceFailure) {
            let model = try await models.recentModel()
            guard let price = model.creditsPerUnit, balance < price else { return nil }
            return ServiceFailure(
                code: "ScanlyIQ::402",
                message: "The account at ScanlyIQ has \(balance) credits, and \(model.name) takes \(price) for a slip",
                disposition: .holdAccount)
        } catch {
            return error
        }
    }

    /// What is wrong with each job, such as its project, does not show in a probe: another job shows whether it is corrected.
    public func probeReveals(_ code: String) -> Bool {
        [
            "ScanlyIQ::401", "ScanlyIQ::402", "ScanlyIQ::403", "ScanlyIQ::NoModel", ScanlyIQError.withoutJobID,
            "Gateway::Unusable",
        ].contains(code)
    }

    /// What a slip takes, and what is left.
    public func estimate() async throws(ServiceFailure) -> SlipEstimate {
        let model = try await models.recentModel()
        let estimate: SlipEstimate
        do {
            estimate = try await observer.counted(.estimate) { () async throws(ScanlyIQError) in
                try await client.estimate(1, by: model)
            }
        } catch {
            throw error.failure(at: .probe)
        }
        count.has(estimate.balance)
        return estimate
    }

    /// Without a call.
    public var credits: CreditFigures { count.figures }

    func balance() async throws(ScanlyIQError) -> Int {
        let balance = try await observer.counted(.credits) { () async throws(ScanlyIQError) in
            try await client.balance()
        }
        count.has(balance)
        return balance
    }
}
