import Sales

/// `[supplier_invoices]`: suppliers' invoices, read by an OCR Invoice service.
public struct SupplierInvoicesSettings: Sendable, Equatable {
    public enum Priority: String, Sendable, CaseIterable {
        case low, medium, high, urgent
    }

    /// How the service gets at a document.
    public enum Publishing: Sendable, Equatable {
        case objectStore(ObjectStoreSettings)
        case door(DoorSettings)
    }

    public var endpoint: String
    /// An absolute path.
    public var keyFile: String
    /// The id of an OCR template at the service.
    public var template: String
    public var names = SupplierInvoicesNames()
    /// An absolute path: holds `incoming` and the others.
    public var folder = "/var/spool/kamkap/invoices"
    public var priority = Priority.medium
    /// The id of a group of jobs at the service.
    public var group: String?
    /// Bytes of one document.
    public var maximumSize = 32 << 20
    /// Whether a job is deleted at the service once its results are kept.
    public var deletesRemote = true
    /// After so long a job without results is given up.
    public var giveUpAfter: Duration = .seconds(86_400)
    public var publishing: Publishing
    /// An absolute path.
    public var certificates: String?
    public var proxy: ProxySettings?

    public init(endpoint: String, keyFile: String, template: String, publishing: Publishing) {
        self.endpoint = endpoint
        self.keyFile = keyFile
        self.template = template
        self.publishing = publishing
    }
}

extension SupplierInvoicesSettings {
    /// The values of `publish`.
    enum Means: String, CaseIterable {
        case objectStore = "object-store"
        case door
    }

    /// Bytes: the whole document is in memory while it is published.
    private static let sizes = 1_024...(64 << 20)
    /// A service takes its minutes, and may stand still over a holiday.
    private static let patience: ClosedRange<Duration> = .seconds(600) ... .seconds(7 * 86_400)

    init?(_ table: inout SettingsReader, _ paths: SettingsPaths) {
        let endpoint = table.parsed("endpoint", required: true, rule: EndpointText.rule, EndpointText.parse)
        let keyFile = table.string("key_file", required: true)
        let template = table.string("template", required: true)
        let names = SupplierInvoicesNames(&table)
        let folder = table.string("folder").map(paths.resolve)
        let priority = table.choice("priority", Priority.self)
        let group = table.string("group")
        let size = table.parsed("max_size", rule: "a size from \"1KiB\" to \"64MiB\"") { text in
            SizeText.parse(text).flatMap { Self.sizes.contains($0) ? $0 : nil }
        }
        let deletesRemote = table.flag("delete_remote")
        let patience = table.parsed("give_up_after", rule: "a duration from \"10m\" to \"7d\"") { text in
            DurationText.parse(text).flatMap { Self.patience.contains($0) ? $0 : nil }
        }
        let publishing = Publishing(&table, paths)
        let certificates = table.string("ca_file")
        let proxy = ProxySettings(&table, paths)
        table.refuseUnknownKeys()
        guard let endpoint, let keyFile, let template, let publishing else { return nil }
        self.init(
            endpoint: endpoint, keyFile: paths.secret(keyFile), template: template, publishing: publishing)
        self.names = names
        if let folder { self.folder = folder }
        if let priority { self.priority = priority }
        self.group = group
        if let size { maximumSize = size }
        if let deletesRemote { self.deletesRemote = deletesRemote }
        if let patience { giveUpAfter = patience }
        self.certificates = certificates.map(paths.resolve)
        self.proxy = proxy
    }

    /// One folder for both would give each the other's files.
    func check(spool: String?, faults: SettingsFaults) {
        guard let spool else { return }
        let taken = ["incoming", "accepted", "rejected", "slips"].map { "\(spool)/\($0)" }
        guard folder == spool || taken.contains(where: { folder == $0 || folder.hasPrefix("\($0)/") }) else { return }
        faults.add(
            "supplier_invoices.folder",
            "expected a folder of its own, found one of intake.spool; \"\(spool)/invoices\" is free")
    }
}

extension SupplierInvoicesSettings.Publishing {
    /// Both tables are read, whichever is used.
    init?(_ table: inout SettingsReader, _ paths: SettingsPaths) {
        let accepted = "\"object-store\" or \"door\""
        let means = table.parsed(
            "publish", required: true, rule: accepted, SupplierInvoicesSettings.Means.init(rawValue:))
        var store = table.table("object_store", required: means == .objectStore)
        let objectStore = store.isPresent ? ObjectStoreSettings(&store, paths) : nil
        var front = table.table("door", required: means == .door)
        let door = front.isPresent ? DoorSettings(&front, paths) : nil
        let found: Self? =
            switch means {
            case .objectStore: objectStore.map(Self.objectStore)
            case .door: door.map(Self.door)
            case nil: nil
            }
        guard let found else { return nil }
        self = found
    }
}

/// How long a link to a document is good.
enum LinkLife {
    static let usual: Duration = .seconds(86_400)
    static let rule = "a duration from \"15m\" to \"24h\""
    /// A link is renewed ten minutes before its end.
    private static let accepted: ClosedRange<Duration> = .seconds(900)...usual

    static func parse(_ text: String) -> Duration? {
        DurationText.parse(text).flatMap { accepted.contains($0) ? $0 : nil }
    }
}
