public import JSON
import Sales

/// `[slime]`
public struct SlimeSettings: Sendable, Equatable {
    public var endpoint: String
    public var keyID: String
    /// An absolute path.
    public var secretFile: String
    public var theme: JSONObject = ["id": .string("retail-hatsu"), "color": .string("#cd0c2b")]
    public var timeout: Duration = .seconds(5)
    public var concurrency = 8
    /// An absolute path.
    public var certificates: String?
    public var proxy: ProxySettings?

    public init(endpoint: String, keyID: String, secretFile: String) {
        self.endpoint = endpoint
        self.keyID = keyID
        self.secretFile = secretFile
    }
}

extension SlimeSettings {
    init?(_ table: inout SettingsReader, _ paths: SettingsPaths) {
        let endpoint = table.parsed("endpoint", required: true, rule: EndpointText.rule, EndpointText.parse)
        let keyID = table.string("key_id", required: true)
        let secretFile = table.string("secret_file", required: true)
        let theme = Self.theme(&table)
        let timeout = table.timeout("timeout")
        let concurrency = table.integer("concurrency", in: 1...64)
        let certificates = table.string("ca_file")
        let proxy = ProxySettings(&table, paths)
        table.refuseUnknownKeys()
        guard let endpoint, let keyID, let secretFile else { return nil }
        self.init(endpoint: endpoint, keyID: keyID, secretFile: paths.secret(secretFile))
        if let theme { self.theme = theme }
        if let timeout { self.timeout = timeout }
        if let concurrency { self.concurrency = concurrency }
        self.certificates = certificates.map(paths.resolve)
        self.proxy = proxy
    }

    private static func theme(_ table: inout SettingsReader) -> JSONObject? {
        guard let node = table.node("theme") else { return nil }
        guard case .object(let theme)? = node.json, case .string? = theme["id"] else {
            table.faults.add(
                table.key("theme"),
                "expected a table with an id, such as { id = \"retail-hatsu\", color = \"#cd0c2b\" }")
            return nil
        }
        if let fault = ThemeRule.colourFault(of: theme) {
            table.faults.add(table.key("theme"), "color: \(fault)")
            return nil
        }
        return theme
    }
}
