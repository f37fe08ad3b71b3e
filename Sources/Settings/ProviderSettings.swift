public import Sales

/// `[provider]`, and the table of each service that registers sales.
public struct ProviderSettings: Sendable, Equatable {
    public enum Service: String, Sendable, CaseIterable {
        case slime, billgate

        /// How amounts are rounded if the configuration says nothing.
        public var usualRounding: RoundingRule {
            switch self {
            // Slime's page does not say how it rounds; most tills do this.
            case .slime: .line
            // Nor does Billgate's: it is sent lines, and answers with sums.
            case .billgate: .total
            }
        }
    }

    /// Registers new sales.
    public let current: ConfiguredProvider
    /// The other one, if it is configured: registers what is still owed there.
    public let former: ConfiguredProvider?

    public init(_ current: ConfiguredProvider, former: ConfiguredProvider? = nil) {
        self.current = current
        self.former = former
    }

    public var use: Service { current.service }

    /// The one that registers new sales comes first.
    public var all: [ConfiguredProvider] { [current] + (former.map { [$0] } ?? []) }

    public var slime: SlimeSettings? {
        for case .slime(let settings) in all { return settings }
        return nil
    }

    public var billgate: BillgateSettings? {
        for case .billgate(let settings) in all { return settings }
        return nil
    }
}

/// A service that registers sales, with its table.
public enum ConfiguredProvider: Sendable, Equatable {
    case slime(SlimeSettings)
    case billgate(BillgateSettings)

    public var service: ProviderSettings.Service {
        switch self {
        case .slime: .slime
        case .billgate: .billgate
        }
    }

    /// Most calls in flight.
    public var concurrency: Int {
        switch self {
        case .slime(let settings): settings.concurrency
        case .billgate(let settings): settings.concurrency
        }
    }
}

extension ProviderSettings {
    /// - Parameter root: of the file, which has each service's table.
    init?(_ root: inout SettingsReader, _ paths: SettingsPaths) {
        var table = root.table("provider")
        let isDefault = !root.has("provider") || (table.isPresent && !table.has("use"))
        // nil where a fault was noted.
        let use = isDefault ? .slime : table.choice("use", Service.self)
        table.refuseUnknownKeys()
        table = root.table("slime")
        let slime = table.isPresent ? SlimeSettings(&table, paths) : nil
        table = root.table("billgate")
        let billgate = table.isPresent ? BillgateSettings(&table, paths) : nil
        guard let use else { return nil }
        if !root.has(use.rawValue) {
            let others = Service.allCases.filter { $0 != use && root.has($0.rawValue) }
            let advice = others.map { "; or is it [provider] use = \"\($0.rawValue)\"?" }.joined()
            root.faults.add(
                use.rawValue,
                "the table [\(use.rawValue)] is required with provider.use = \"\(use.rawValue)\"\(isDefault ? ", the default" : ""), but missing\(advice)",
                because: "provider.use")
        }
        let (first, second) = (slime.map(ConfiguredProvider.slime), billgate.map(ConfiguredProvider.billgate))
        let isSlime = use == .slime
        guard let current = isSlime ? first : second else { return nil }
        self.init(current, former: isSlime ? second : first)
    }
}
