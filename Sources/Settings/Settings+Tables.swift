import Sales

// One initializer for each table: which keys it has, and what each accepts.

extension StoreSettings {
    init?(_ table: inout SettingsReader, _ paths: SettingsPaths) {
        let name = table.string("name", required: true)
        if name?.isBlank == true { table.faults.add(table.key("name"), "expected a name that can be seen") }
        let taxID = table.parsed("tax_id", required: true, rule: TaxID.rule, TaxID.init)
        let branchID = table.parsed("branch_id", required: true, rule: BranchID.rule, BranchID.init)
        let address = table.strings("address")
        let phone = table.string("phone")
        let logo = table.string("logo")
        table.refuseUnknownKeys()
        guard let name, let taxID, let branchID else { return nil }
        self.init(name: name, taxID: taxID, branchID: branchID)
        self.address = address ?? []
        self.phone = phone
        self.logo = logo.map(paths.resolve)
    }
}

extension TerminalSettings {
    init?(_ table: inout SettingsReader) {
        let id = table.string("id", required: true)
        let registerID = table.string("register_id")
        table.refuseUnknownKeys()
        guard let id else { return nil }
        self.init(id: id, registerID: registerID)
    }
}

extension SalesSettings {
    init(_ table: inout SettingsReader) {
        self.init()
        if let value = table.flag("vat_included") { vatIncluded = value }
        let rate = table.parsed("vat_rate", rule: "a decimal string from \"0\" to \"1\", such as \"0.07\"") { text in
            DecimalNumber(text).flatMap { (0...1_000_000).contains($0.millionths) ? $0 : nil }
        }
        if let rate { vatRate = rate }
        rounding = table.choice("rounding", RoundingRule.self)
        table.refuseUnknownKeys()
    }

    private static let highestAtBillgate = 70_000

    /// With Billgate in use, which takes no higher rate: every sale with VAT would be refused at the door.
    func checkWithBillgate(_ faults: SettingsFaults) {
        guard vatRate.millionths > Self.highestAtBillgate else { return }
        faults.add(
            "sales.vat_rate", "expected at most \"0.07\", the highest rate that Billgate takes", because: "provider.use"
        )
    }
}

extension IntakeSettings {
    init(_ table: inout SettingsReader, _ paths: SettingsPaths) {
        self.init()
        if let value = table.string("socket") { socket = paths.resolve(value) }
        if let value = table.parsed("socket_mode", rule: ModeText.rule, ModeText.parse) { socketMode = value }
        socketGroup = table.string("socket_group")
        if let value = table.string("spool") { spool = paths.resolve(value) }
        if let value = table.parsed("spool_mode", rule: ModeText.rule, ModeText.parse) { spoolMode = value }
        if let value = table.parsed("spool_keep", rule: DurationText.rule, DurationText.parse) { spoolKeep = value }
        let size = table.parsed("max_body", rule: "\(SizeText.rule), above 0") { text in
            SizeText.parse(text).flatMap { $0 > 0 ? $0 : nil }
        }
        if let size { maximumBody = size }
        listen = table.parsed("listen", rule: ListenAddress.rule, ListenAddress.init)
        tokenFile = table.string("token_file").map(paths.secret)
        staffTokenFile = table.string("staff_token_file").map(paths.secret)
        allowedOrigins = (table.strings("allowed_origins") ?? []).filter { text in
            guard let fault = WebOrigin.fault(of: text) else { return true }
            table.faults.add(table.key("allowed_origins"), "expected \(fault), found \"\(text.prefix(80))\"")
            return false
        }
        tlsCertificate = table.string("tls_certificate").map(paths.resolve)
        tlsKey = table.string("tls_key").map(paths.secret)
        table.refuseUnknownKeys()
        if listen != nil, tokenFile == nil {
            table.faults.add(
                table.key("token_file"), "required with listen: tills on the network need a token")
        }
        if let staffTokenFile, staffTokenFile == tokenFile {
            table.faults.add(
                table.key("staff_token_file"),
                "expected another file than token_file: tills would do all that staff may")
        }
        if staffTokenFile != nil, tokenFile == nil, listen == nil {
            table.faults.add(table.key("staff_token_file"), "goes with token_file, which tills prove themselves with")
        }
        if (tlsCertificate == nil) != (tlsKey == nil) {
            table.faults.add(table.key("tls_certificate"), "tls_certificate and tls_key go together")
        }
    }
}

extension OutboxSettings {
    init(_ table: inout SettingsReader, _ paths: SettingsPaths) {
        self.init()
        if let value = table.string("database") { database = paths.resolve(value) }
        if let value = table.parsed("min_free_space", rule: SizeText.rule, SizeText.parse) { minimumFreeSpace = value }
        if let value = table.parsed("retention", rule: DurationText.rule, DurationText.parse) { retention = value }
        if let value = table.choice("on_corruption", OnCorruption.self) { onCorruption = value }
        table.refuseUnknownKeys()
    }
}

extension ReceiptSettings {
    init(_ table: inout SettingsReader) {
        self.init()
        if let value = table.parsed("qr_deadline", rule: DurationText.rule, DurationText.parse) { qrDeadline = value }
        if let value = table.choice("late_qr", LateQR.self) { lateQR = value }
        if let value = table.parsed("late_qr_max_age", rule: DurationText.rule, DurationText.parse) {
            lateQRMaximumAge = value
        }
        if let value = table.parsed("print_max_age", rule: DurationText.rule, DurationText.parse) {
            printMaximumAge = value
        }
        if let value = table.parsed("fallback_after", rule: DurationText.rule, DurationText.parse) {
            fallbackAfter = value
        }
        if let value = table.choice("language", Language.self) { language = value }
        if let value = table.choice("era", Era.self) { era = value }
        if let value = table.string("font") { font = value }
        if let value = table.strings("fallback_fonts") { fallbackFonts = value }
        if let value = table.strings("header") { header = value }
        if let value = table.strings("footer") { footer = value }
        table.refuseUnknownKeys()
    }
}

extension PrinterSettings {
    private static let papers = ["80mm": 576, "58mm": 384]

    init?(_ table: inout SettingsReader) {
        // As long as a sale may name (receipt.printer).
        let name = table.parsed("name", required: true, rule: "1 to 64 characters") { name in
            (1...64).contains(name.unicodeScalars.count) ? name : nil
        }
        let device = table.string("device", required: true)
        let paper = table.parsed("paper", rule: "\"80mm\" or \"58mm\"; other widths by dots") { Self.papers[$0] }
        let dots = table.integer("dots", in: 256...1_024)
        let terminals = table.strings("terminals") ?? []
        let fallback = table.string("fallback")
        let profile = table.choice("profile", Profile.self)
        let confirm = table.choice("confirm", Confirm.self)
        let cut = table.choice("cut", Cut.self)
        let drawer = table.flag("drawer")
        table.refuseUnknownKeys()
        guard let name, let device else { return nil }
        self.init(name: name, device: device, width: dots ?? paper ?? 576)
        self.terminals = terminals
        self.fallback = fallback
        if let profile { self.profile = profile }
        if let confirm { self.confirm = confirm }
        if let cut { self.cut = cut }
        if let drawer { self.drawer = drawer }
    }
}
