import Journey
public import Outbox
public import RemoteServices
public import Runtime

extension ProviderSet {
    /// With the services to whom sales are owed, and who are not configured. Their accounts are held until they are: no
    /// sale is moved to another provider by itself.
    public func withMissing(in outbox: Outbox, clock: GatewayClock = .system) async throws(OutboxError) -> ProviderSet {
        let owed = try await outbox.owingServices().filter { self[$0] == nil }
        for name in owed {
            let failure = Failure(
                code: Self.missingCode,
                message: "the sale was accepted under \(name), and [\(name)] is not in the configuration",
                at: clock.now)
            let account = try await outbox.account(of: name)
            guard account.failure?.code != failure.code else { continue }
            try await outbox.setAccount(
                AccountState(condition: .held, failure: failure, since: failure.at), of: name)
        }
        return ProviderSet(current, former: former, missing: owed)
    }
}
