import Billgate
import Foundation
import HTTPCalls
import Settings
import Slime

/// Tries one configured provider: the files that its table names, and whether it knows this account.
struct ProviderCheck {
    private let provider: ConfiguredProvider

    init(_ provider: ConfiguredProvider) {
        self.provider = provider
    }

    func files() -> [Finding] {
        switch provider {
        case .slime(let settings):
            let file = settings.secretFile
            return [.trying("secret", file) { _ = try SecretFile.read(file) }] + proxy(settings.proxy, of: "slime")
        case .billgate(let settings):
            let file = settings.keyFile
            return [.trying("key", file) { _ = try SecretFile.key(file, key: "billgate.key_file") }]
                + proxy(settings.proxy, of: "billgate")
        }
    }

    private func proxy(_ proxy: ProxySettings?, of table: String) -> [Finding] {
        guard let proxy else { return [] }
        let detail = "http://\(proxy.address), \(proxy.loginFile == nil ? "without a login" : "with a login")"
        return [.trying("proxy", detail) { _ = try HTTPProxy(proxy, of: table) }]
    }

    /// The answer to one question that changes nothing there.
    func account() async -> Finding {
        switch provider {
        case .slime(let settings): await SlimeCheck(settings: settings).account()
        case .billgate(let settings): await BillgateCheck(settings: settings).account()
        }
    }

    /// How far another clock is from ours, for a line of the check.
    ///
    /// - Parameter drift: seconds by which it is ahead.
    static func clock(drift: Int) -> String {
        guard abs(drift) >= 2 else { return "the clocks agree" }
        return "its clock is \(abs(drift)) s \(drift > 0 ? "ahead of" : "behind") ours"
    }
}

extension ConfiguredProvider {
    /// A link as long as this provider's links get.
    var longestLink: String {
        switch self {
        case .slime(let settings): SlimeLink.longest(at: settings.endpoint)
        case .billgate(let settings): BillgateLink.longest(at: settings.endpoint)
        }
    }
}
