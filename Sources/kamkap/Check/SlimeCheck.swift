import Foundation
import Settings
import Slime

/// Asks Slime about the account. Its requests are signed with our time, so its clock counts.
struct SlimeCheck {
    /// Seconds.
    private static let alarmingDrift = 30

    let settings: SlimeSettings

    func account() async -> Finding {
        guard let endpoint = try? SlimeEndpoint(settings) else {
            return .fault("Slime", "not asked: there is no secret to sign with")
        }
        let client: SlimeClient
        do { client = SlimeClient(endpoint: endpoint, options: try SlimeCallOptions(settings)) } catch {
            return Finding(subject: "Slime", isWell: false, detail: (error as? CommandExit)?.message ?? "\(error)")
        }
        let finding = await ask(client)
        try? await client.shutdown()
        return finding
    }

    private func ask(_ client: SlimeClient) async -> Finding {
        let begun = ContinuousClock.now
        do throws(SlimeError) {
            let theirs = try await client.serverTime(issuedAt: Date())
            let took = Int((ContinuousClock.now - begun) / .milliseconds(1))
            let drift = theirs.map { Int($0.timeIntervalSinceNow.rounded()) } ?? 0
            let detail = "recognises this account; answered in \(took) ms; \(ProviderCheck.clock(drift: drift))"
            guard abs(drift) >= Self.alarmingDrift else { return .well("Slime", detail) }
            return .fault("Slime", detail, remedy: SlimeAdvice.advice(for: "JWT::IATDrift"))
        } catch {
            let drift = error.serverDate.map { Int($0.timeIntervalSinceNow.rounded()) } ?? 0
            let clock = abs(drift) >= Self.alarmingDrift ? "; \(ProviderCheck.clock(drift: drift))" : ""
            let remedy =
                error.isException
                ? SlimeAdvice.advice(for: error.code) : Self.remedy(for: error)
            return .fault("Slime", error.message + clock, remedy: remedy)
        }
    }

    /// The error's own text names keys where it can.
    private static func remedy(for error: SlimeError) -> String {
        switch error.kind {
        case .proxyFailed: "Check slime.proxy and slime.proxy_login_file, and what the proxy lets through"
        case .untrusted:
            "Check slime.endpoint, slime.ca_file and the clock, and whether a captive portal stands in between"
        default: "Check the line, slime.endpoint, slime.proxy and slime.ca_file"
        }
    }
}
