public import Sales

/// The configuration, with every value in its type and every default filled in. config/kamkap.toml explains each.
public struct Settings: Sendable, Equatable {
    public var store: StoreSettings
    public var terminals: [TerminalSettings] = []
    public var sales = SalesSettings()
    public var provider: ProviderSettings
    public var intake = IntakeSettings()
    public var outbox = OutboxSettings()
    public var receipt = ReceiptSettings()
    /// Nil if nothing is done about documents.
    public var documents: DocumentsSettings?
    /// Nil if no slips are taken.
    public var slips: SlipsSettings?
    /// Nil if no suppliers' invoices are taken.
    public var supplierInvoices: SupplierInvoicesSettings?
    public var printers: [PrinterSettings]

    public init(store: StoreSettings, provider: ProviderSettings, printers: [PrinterSettings]) {
        self.store = store
        self.provider = provider
        self.printers = printers
    }

    /// Nil if nothing is registered at Slime, and nothing owed there.
    public var slime: SlimeSettings? { provider.slime }
    /// Nil if nothing is registered at Billgate, and nothing owed there.
    public var billgate: BillgateSettings? { provider.billgate }

    /// Used for a sale's amounts where the sale itself says nothing.
    public var saleTerms: SaleTerms { sales.terms(usualRounding: provider.use.usualRounding) }
}

/// `[store]`
public struct StoreSettings: Sendable, Equatable {
    public var name: String
    public var taxID: TaxID
    public var branchID: BranchID
    public var address: [String] = []
    public var phone: String?
    /// An absolute path.
    public var logo: String?

    public init(name: String, taxID: TaxID, branchID: BranchID) {
        self.name = name
        self.taxID = taxID
        self.branchID = branchID
    }
}

/// `[[terminals]]`
public struct TerminalSettings: Sendable, Equatable {
    public var id: String
    /// The Revenue Department's number of the cash register.
    public var registerID: String?

    public init(id: String, registerID: String? = nil) {
        self.id = id
        self.registerID = registerID
    }
}

/// `[sales]`: used where a sale itself says nothing.
public struct SalesSettings: Sendable, Equatable {
    public var vatIncluded = true
    public var vatRate = SaleTerms.usualVATRate
    /// nil for the provider's default rule.
    public var rounding: RoundingRule?

    public init() {}

    /// - Parameter usualRounding: the provider's default rule.
    func terms(usualRounding: RoundingRule) -> SaleTerms {
        SaleTerms(vatIncluded: vatIncluded, vatRate: vatRate, rounding: rounding ?? usualRounding)
    }
}

/// `[intake]`
public struct IntakeSettings: Sendable, Equatable {
    public var socket = "/run/kamkap/pos.sock"
    public var socketMode: UInt32 = 0o660
    public var socketGroup: String?
    public var spool: String?
    public var spoolMode: UInt32 = 0o770
    public var spoolKeep: Duration = .seconds(30 * 86_400)
    /// Bytes.
    public var maximumBody = 4 << 20
    public var listen: ListenAddress?
    /// The tills' token.
    public var tokenFile: String?
    /// Staff's token, for operations that tills may not do over the network.
    public var staffTokenFile: String?
    /// Origins of tills that are web pages, as browsers send them.
    public var allowedOrigins: [String] = []
    public var tlsCertificate: String?
    public var tlsKey: String?

    public init() {}
}

/// `[outbox]`
public struct OutboxSettings: Sendable, Equatable {
    public enum OnCorruption: String, Sendable, CaseIterable {
        case stop
        case setAside = "set-aside"
    }

    public var database = "/var/lib/kamkap/outbox.sqlite"
    /// Bytes.
    public var minimumFreeSpace = 64 << 20
    public var retention: Duration = .seconds(5 * 366 * 86_400)
    public var onCorruption = OnCorruption.stop

    public init() {}
}

/// `[receipt]`
public struct ReceiptSettings: Sendable, Equatable {
    public enum LateQR: String, Sendable, CaseIterable {
        case slip, none
    }

    public enum Language: String, Sendable, CaseIterable {
        case thai = "th"
        case english = "en"
        case both = "th+en"
    }

    public enum Era: String, Sendable, CaseIterable {
        case buddhist, common
    }

    public var qrDeadline: Duration = .seconds(3)
    public var lateQR = LateQR.slip
    public var lateQRMaximumAge: Duration = .seconds(120)
    public var printMaximumAge: Duration = .seconds(30 * 60)
    public var fallbackAfter: Duration = .seconds(15)
    public var language = Language.thai
    public var era = Era.buddhist
    public var font = "Loma"
    /// Families for characters that the font lacks, in this order.
    public var fallbackFonts: [String] = []
    public var header: [String] = []
    public var footer: [String] = ["ขอบคุณที่ใช้บริการ"]

    public init() {}
}

/// `[[printers]]`
public struct PrinterSettings: Sendable, Equatable {
    public enum Cut: String, Sendable, CaseIterable {
        case partial, full, none
    }

    public enum Confirm: String, Sendable, CaseIterable {
        case auto
        case processID = "process-id"
        case status, none
    }

    /// The profiles, by the names that `Printing` has for them.
    public enum Profile: String, Sendable, CaseIterable {
        case generic
        case epsonTM = "epson-tm"
        case clone58 = "clone-58"
    }

    public var name: String
    /// As in the configuration; `Printing` reads it.
    public var device: String
    /// Dots across the paper.
    public var width: Int
    public var terminals: [String] = []
    public var fallback: String?
    public var profile = Profile.generic
    public var confirm = Confirm.auto
    public var cut = Cut.partial
    public var drawer = false

    public init(name: String, device: String, width: Int) {
        self.name = name
        self.device = device
        self.width = width
    }
}
