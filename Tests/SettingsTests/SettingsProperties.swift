import Sales
import Settings

/// The properties of every text in a configuration file. The tests check the corpus, and libFuzzer its own inputs.
enum SettingsProperties {
    struct Broken: Error, CustomStringConvertible {
        let description: String
    }

    enum Outcome { case accepted, refused }

    @discardableResult
    static func hold(for text: String) throws(Broken) -> Outcome {
        let result: Result<Settings, SettingsError>
        do { result = .success(try Settings.parse(text, file: "/etc/kamkap/kamkap.toml")) } catch {
            result = .failure(error)
        }
        switch result {
        case .success(let settings):
            try hold(settings)
            return .accepted
        case .failure(let error):
            try hold(error, of: text)
            return .refused
        }
    }

    /// What the rest of the program relies on.
    private static func hold(_ settings: Settings) throws(Broken) {
        let names = settings.printers.map(\.name)
        guard !names.isEmpty, Set(names).count == names.count, !names.contains("") else {
            throw Broken(description: "printers: \(names)")
        }
        for printer in settings.printers {
            let isCovered = printer.fallback.map { $0 != printer.name && names.contains($0) } ?? true
            guard (256...1_024).contains(printer.width), !printer.device.isEmpty, isCovered
            else { throw Broken(description: "\(printer)") }
        }
        let terminals = settings.terminals.map(\.id)
        guard Set(terminals).count == terminals.count else { throw Broken(description: "terminals: \(terminals)") }
        for provider in settings.provider.all { try hold(provider) }
        guard Set(settings.provider.all.map(\.service)).count == settings.provider.all.count else {
            throw Broken(description: "one provider twice")
        }
        if let slips = settings.slips { try hold(slips) }
        if let invoices = settings.supplierInvoices { try hold(invoices) }
        let intake = settings.intake
        guard intake.maximumBody > 0,
            (0...1_000_000).contains(settings.sales.vatRate.millionths), settings.outbox.minimumFreeSpace >= 0,
            intake.listen == nil || intake.tokenFile != nil, (intake.tlsCertificate == nil) == (intake.tlsKey == nil),
            intake.staffTokenFile == nil || intake.staffTokenFile != intake.tokenFile
        else { throw Broken(description: "\(settings)") }
        let paths = [
            intake.socket, intake.spool, settings.store.logo, settings.slime?.secretFile,
            settings.slime?.certificates, settings.billgate?.keyFile, settings.billgate?.certificates,
            settings.outbox.database, intake.tokenFile, intake.staffTokenFile, intake.tlsCertificate,
            intake.tlsKey, settings.slips?.keyFile, settings.slips?.certificates,
            settings.supplierInvoices?.keyFile, settings.supplierInvoices?.certificates,
            settings.supplierInvoices?.folder,
        ]
        for path in paths.compactMap(\.self) where !path.hasPrefix("/") {
            throw Broken(description: "not an absolute path: \(path)")
        }
    }

    private static func hold(_ provider: ConfiguredProvider) throws(Broken) {
        let isWell =
            switch provider {
            case .slime(let slime): slime.timeout > .zero && (1...64).contains(slime.concurrency)
            case .billgate(let billgate):
                billgate.timeout > .zero && (1...64).contains(billgate.concurrency)
                    && (10...500).contains(billgate.lookUpPages)
                    && billgate.numberPrefix.unicodeScalars.count <= 64 && hold(billgate.walkIn)
            }
        guard isWell else { throw Broken(description: "\(provider)") }
    }

    private static func hold(_ slips: SlipsSettings) throws(Broken) {
        let isWell =
            !slips.methods.isEmpty && !slips.methods.contains("")
            && slips.accounts.allSatisfy {
                (6...20).contains($0.utf8.count) && $0.utf8.allSatisfy { (48...57).contains($0) }
            }
            && (0...31).contains(slips.dateTolerance) && slips.keep >= .zero
            && (1...50_000_000).contains(slips.maximumImage)
            && slips.giveUpAfter >= .seconds(60)
        guard isWell else { throw Broken(description: "\(slips)") }
    }

    /// Each of them is on every document, and none may be empty there.
    private static func hold(_ walkIn: WalkIn) -> Bool {
        walkIn.taxNumber.count == 13
            && ![
                walkIn.name, walkIn.phoneNumber, walkIn.address.houseNumber, walkIn.address.subDistrict,
                walkIn.address.district, walkIn.address.province,
            ].contains { $0.isBlank }
    }

    private static func hold(_ error: SettingsError, of text: String) throws(Broken) {
        let lines = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
        guard !error.faults.isEmpty else { throw Broken(description: "refused without a fault") }
        for fault in error.faults {
            guard !fault.detail.isEmpty, fault.line.map({ (1...lines).contains($0) }) ?? true else {
                throw Broken(description: "of \(lines) lines: \(fault)")
            }
        }
    }

    private static func hold(_ invoices: SupplierInvoicesSettings) throws(Broken) {
        let (life, paths): (Duration, [String]) =
            switch invoices.publishing {
            case .objectStore(let store): (store.linkLife, [store.secretFile])
            case .door(let door): (door.linkLife, door.tls.map { [$0.certificate, $0.key] } ?? [])
            }
        let isWell =
            (1_024...67_108_864).contains(invoices.maximumSize) && invoices.giveUpAfter >= .seconds(600)
            && life >= .seconds(900) && life <= .seconds(86_400) && paths.allSatisfy { $0.hasPrefix("/") }
            && invoices.names.processPath != invoices.names.resultsPath && !invoices.template.isEmpty
        guard isWell else { throw Broken(description: "\(invoices)") }
    }
}
