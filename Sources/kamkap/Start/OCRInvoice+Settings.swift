import HTTPCalls
import OCRInvoice
import Sales
import Settings

extension OCRInvoiceEndpoint {
    /// Reads the key; a fault in its file is the configuration's.
    init(_ settings: SupplierInvoicesSettings) throws {
        let key = try SecretFile.key(settings.keyFile, key: "supplier_invoices.key_file")
        self.init(url: settings.endpoint, key: key, names: OCRInvoiceNames(settings.names))
    }
}

extension OCRInvoiceNames {
    init(_ names: SupplierInvoicesNames) {
        self.init(
            keyHeader: names.keyHeader, resource: names.resource, processPath: names.processPath,
            resultsPath: names.resultsPath)
    }
}

extension OCRInvoiceCallOptions {
    /// Reads the files that the settings name; a fault in one is the configuration's.
    init(_ settings: SupplierInvoicesSettings) throws {
        self.init(
            timeout: .seconds(30),
            trusted: try settings.certificates.map { try CertificateFile($0, of: "supplier_invoices") },
            proxy: try settings.proxy.map { try HTTPProxy($0, of: "supplier_invoices") })
    }
}

extension OCRJobTerms {
    init(_ settings: SupplierInvoicesSettings, branch: BranchID) {
        let priority: Priority =
            switch settings.priority {
            case .low: .low
            case .medium: .medium
            case .high: .high
            case .urgent: .urgent
            }
        self.init(
            template: settings.template, group: settings.group, priority: priority, branch: branch, gateway: "Kamkap")
    }
}
