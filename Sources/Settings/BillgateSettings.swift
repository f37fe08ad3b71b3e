public import Sales

/// `[billgate]`
public struct BillgateSettings: Sendable, Equatable {
    public var endpoint = "https://api.billme.co.th"
    /// An absolute path.
    public var keyFile: String
    /// Stands before the transaction id in a document's number.
    public var numberPrefix = ""
    public var timeout: Duration = .seconds(5)
    public var concurrency = 4
    /// How many pages of a list are read at most to find a document.
    public var lookUpPages = 50
    /// An absolute path.
    public var certificates: String?
    public var proxy: ProxySettings?
    public var walkIn: WalkIn

    public init(keyFile: String, walkIn: WalkIn) {
        self.keyFile = keyFile
        self.walkIn = walkIn
    }
}

extension BillgateSettings {
    private static let prefixRule = "at most 64 characters, each of which can be seen"

    init?(_ table: inout SettingsReader, _ paths: SettingsPaths) {
        let endpoint = table.parsed("endpoint", rule: EndpointText.rule, EndpointText.parse)
        let keyFile = table.string("key_file", required: true)
        let prefix = table.parsed("number_prefix", rule: Self.prefixRule, Self.acceptedPrefix)
        let timeout = table.timeout("timeout")
        let concurrency = table.integer("concurrency", in: 1...64)
        // With fewer a long list cannot show whether it is in order; more take minutes for each sale.
        let pages = table.integer("look_up_pages", in: 10...500)
        let certificates = table.string("ca_file")
        let proxy = ProxySettings(&table, paths)
        var person = table.table("walk_in", required: true)
        let walkIn = person.isPresent ? WalkIn(&person) : nil
        table.refuseUnknownKeys()
        guard let keyFile, let walkIn else { return nil }
        self.init(keyFile: paths.secret(keyFile), walkIn: walkIn)
        if let endpoint { self.endpoint = endpoint }
        if let prefix { numberPrefix = prefix }
        if let timeout { self.timeout = timeout }
        if let concurrency { self.concurrency = concurrency }
        if let pages { lookUpPages = pages }
        self.certificates = certificates.map(paths.resolve)
        self.proxy = proxy
    }

    /// A document is looked for by its number: what staff cannot see in it, they cannot look for either.
    private static func acceptedPrefix(_ text: String) -> String? {
        let scalars = text.unicodeScalars
        let isVisible = scalars.allSatisfy { [.drawn, .mark].contains(ScalarUse($0)) }
        return scalars.count <= 64 && isVisible ? text : nil
    }
}
