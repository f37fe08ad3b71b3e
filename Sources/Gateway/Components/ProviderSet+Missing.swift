import Journey
public import Outbox
public import RemoteServices
public import Runtime
import Sales

extension ProviderSet {
    /// With the services to whom sales are owed, and who are not configured. Their accounts are held until they are: no
    /// sale is moved to another provider by itself.
    public func withMissing(in outbox: Outbox, clock: GatewayClock = .system) async throws(OutboxError) -> ProviderSet {
        let owed = try await outbox.owingServices().filter { self[$0] == nil }
        for name in owed {
            try await outbox.holdMissing(
                name, "the sale was accepted under \(name), and [\(name)] is not in the configuration", clock: clock)
        }
        return ProviderSet(current, former: former, missing: owed)
    }
}

extension Outbox {
    /// Holds the account of a service that owes something and is not configured. Once it is, its worker lifts that.
    func holdMissing(_ name: ServiceName, _ message: String, clock: GatewayClock) async throws(OutboxError) {
        let failure = Failure(code: ProviderSet.missingCode, message: message, at: clock.now)
        guard try await account(of: name).failure?.code != failure.code else { return }
        try await setAccount(AccountState(condition: .held, failure: failure, since: failure.at), of: name)
    }
}
