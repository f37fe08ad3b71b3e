/// The way out of the store's network, in the table of each service: `proxy` and `proxy_login_file`.
public struct ProxySettings: Sendable, Equatable {
    static let rule = "http://HOST:PORT, such as \"http://proxy.lan:3128\""

    public var address: ListenAddress
    /// An absolute path.
    public var loginFile: String?

    public init(address: ListenAddress, loginFile: String? = nil) {
        self.address = address
        self.loginFile = loginFile
    }
}

extension ProxySettings {
    /// nil if the table names none, or a wrong one.
    init?(_ table: inout SettingsReader, _ paths: SettingsPaths) {
        let hasProxy = table.has("proxy")
        let address = table.parsed("proxy", rule: Self.rule, hiding: Self.holdsLogin, Self.address)
        let loginFile = table.string("proxy_login_file")
        if loginFile != nil, !hasProxy {
            table.faults.add(table.key("proxy_login_file"), "needs \(table.key("proxy")): a login to which proxy?")
        }
        guard let address else { return nil }
        self.init(address: address, loginFile: loginFile.map(paths.secret))
    }

    private static func holdsLogin(_ text: String) -> Bool { text.contains("@") }

    /// The client does not support a proxy with TLS.
    private static func address(_ text: String) -> ListenAddress? {
        let scheme = "http://"
        guard text.lowercased().hasPrefix(scheme) else { return nil }
        let rest = text.dropFirst(scheme.count)
        let address = rest.hasSuffix("/") ? rest.dropLast() : rest
        guard !address.contains(where: { "@?#".contains($0) }) else { return nil }
        return ListenAddress(String(address))
    }
}
