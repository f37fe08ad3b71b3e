import Sales

/// `[slips]`: payment slips, read by ScanlyIQ.
public struct SlipsSettings: Sendable, Equatable {
    public var endpoint = "https://www.scanlyiq.com"
    /// An absolute path.
    public var keyFile: String
    /// The id or the name of the model that reads; nil for the cheapest one that can.
    public var model: String?
    /// The service's own id of a project.
    public var project: String?
    /// The payments that a slip belongs to, as tills name them.
    public var methods = ["transfer", "promptpay", "qr"]
    /// The shop's own accounts, digits alone; empty if the account is not checked.
    public var accounts: [String] = []
    /// Days between a slip and its sale, in either direction.
    public var dateTolerance = 1
    /// How long a picture stays once its slip is settled.
    public var keep: Duration = .seconds(7 * 86_400)
    /// Bytes of one picture.
    public var maximumImage = usualImage
    /// After so long a job without a result is given up.
    public var giveUpAfter: Duration = .seconds(600)
    /// An absolute path.
    public var certificates: String?
    public var proxy: ProxySettings?

    /// Bytes.
    public static let usualImage = 8 << 20

    public init(keyFile: String) {
        self.keyFile = keyFile
    }
}

extension SlipsSettings {
    /// Bytes: ScanlyIQ takes no picture of more than 50 MB.
    private static let imageSizes = 1_024...(47 << 20)
    private static let days = 0...31
    /// A job is asked for every few seconds for two minutes; nobody waits for one over night.
    private static let patience: ClosedRange<Duration> = .seconds(60) ... .seconds(86_400)
    /// Characters of a payment's method, as a sale may name it.
    private static let methodLength = 1...64
    /// A bank has ten digits and more, a PromptPay id up to fifteen.
    private static let accountDigits = 6...20

    init?(_ table: inout SettingsReader, _ paths: SettingsPaths) {
        let endpoint = table.parsed("endpoint", rule: EndpointText.rule, EndpointText.parse)
        let keyFile = table.string("key_file", required: true)
        let model = table.string("model")
        let project = table.string("project")
        let methods = Self.methods(&table)
        let accounts = Self.accounts(&table)
        let tolerance = table.parsed("date_tolerance", rule: "whole days from \"0d\" to \"31d\"", Self.wholeDays)
        let keep = table.parsed("keep", rule: DurationText.rule, DurationText.parse)
        let size = table.parsed("max_image", rule: "a size from \"1KiB\" to \"47MiB\"") { text in
            SizeText.parse(text).flatMap { Self.imageSizes.contains($0) ? $0 : nil }
        }
        let patience = table.parsed("give_up_after", rule: "a duration from \"1m\" to \"24h\"") { text in
            DurationText.parse(text).flatMap { Self.patience.contains($0) ? $0 : nil }
        }
        let certificates = table.string("ca_file")
        let proxy = ProxySettings(&table, paths)
        table.refuseUnknownKeys()
        guard let keyFile else { return nil }
        self.init(keyFile: paths.secret(keyFile))
        if let endpoint { self.endpoint = endpoint }
        self.model = model
        self.project = project
        if let methods { self.methods = methods }
        if let accounts { self.accounts = accounts }
        if let tolerance { dateTolerance = tolerance }
        if let keep { self.keep = keep }
        if let size { maximumImage = size }
        if let patience { giveUpAfter = patience }
        self.certificates = certificates.map(paths.resolve)
        self.proxy = proxy
    }

    private static func wholeDays(_ text: String) -> Int? {
        let day: Duration = .seconds(86_400)
        guard let duration = DurationText.parse(text) else { return nil }
        return days.first { day * $0 == duration }
    }

    private static func methods(_ table: inout SettingsReader) -> [String]? {
        guard let texts = table.strings("methods") else { return nil }
        let isWell = !texts.isEmpty && texts.allSatisfy { methodLength.contains($0.unicodeScalars.count) }
        if !isWell {
            table.faults.add(
                table.key("methods"),
                "expected at least one method of a payment, each of 1 to 64 characters: without one no slip belongs to a payment"
            )
        }
        return texts
    }

    /// What is wrong is not repeated: it may be somebody's account.
    private static func accounts(_ table: inout SettingsReader) -> [String]? {
        guard let texts = table.strings("accounts") else { return nil }
        let accounts = texts.compactMap { text in
            let digits = text.filter { $0 != "-" && $0 != " " }
            let isAccount =
                accountDigits.contains(digits.utf8.count)
                && digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            return isAccount ? digits : nil
        }
        if accounts.count < texts.count {
            table.faults.add(
                table.key("accounts"),
                "expected whole accounts of 6 to 20 digits, such as \"123-4-56789-0\"; not all are")
        }
        return accounts
    }
}
