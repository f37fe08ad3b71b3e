import Billgate
import Foundation
import RemoteServices
import Sales
import Settings

/// Asks Billgate about the account.
struct BillgateCheck {
    let settings: BillgateSettings

    func account() async -> Finding {
        guard (try? BillgateEndpoint(settings)) != nil else {
            return .fault("Billgate", "not asked: there is no key to show")
        }
        let service: any SaleProvider
        do { service = try PreparedProvider(.billgate(settings)).provider() } catch {
            return Finding(subject: "Billgate", isWell: false, detail: (error as? CommandExit)?.message ?? "\(error)")
        }
        let begun = ContinuousClock.now
        let failure = await service.probe()
        let took = Int((ContinuousClock.now - begun) / .milliseconds(1))
        let clock = service.lastTime
        try? await service.shutdown()
        if let failure {
            return .fault(
                "Billgate", failure.message, remedy: Self.remedy(for: failure.code) ?? service.advice(for: failure.code)
            )
        }
        // It signs nothing with the time: a clock that is off stops no sale there.
        let drift = clock.map { time in
            "; " + ProviderCheck.clock(drift: Int((time.date.timeIntervalSinceNow + time.age / .seconds(1)).rounded()))
        }
        let walkIn = settings.walkIn
        return .well(
            "Billgate",
            "recognises this account; answered in \(took) ms\(drift ?? ""); makes receipts out to \(walkIn.name), \(walkIn.taxNumber)"
        )
    }

    /// The message names keys where it can; nil for what Billgate itself said.
    private static func remedy(for code: String) -> String? {
        switch code {
        case "Gateway::ProxyFailed":
            "Check billgate.proxy and billgate.proxy_login_file, and what the proxy lets through"
        case "Gateway::Untrusted":
            "Check billgate.endpoint, billgate.ca_file and the clock, and whether a captive portal stands in between"
        case "Gateway::Unreachable", "Gateway::Unanswered", "Gateway::Unintelligible", "Gateway::Unusable":
            "Check the line, billgate.endpoint, billgate.proxy and billgate.ca_file"
        default: nil
        }
    }
}
