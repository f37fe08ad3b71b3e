import Foundation
import Sales
import TOMLKit

extension Settings {
    /// Reads a configuration file.
    ///
    /// - Parameters:
    ///   - file: its path; relative paths in it are relative to its folder.
    ///   - credentials: `$CREDENTIALS_DIRECTORY`, where a bare `secret_file` is looked up first.
    public static func load(file: String, credentials: String? = nil) throws(SettingsError) -> Settings {
        let text: String
        do {
            text = try String(contentsOfFile: file, encoding: .utf8)
        } catch {
            throw SettingsError(
                file: file,
                faults: [
                    SettingsFault(
                        key: "", detail: "cannot be read as UTF-8 text; does it exist, and may this user read it?")
                ])
        }
        return try parse(text, file: file, credentials: credentials)
    }

    /// Reads the text of a configuration file.
    public static func parse(
        _ text: String, file: String, credentials: String? = nil
    ) throws(SettingsError) -> Settings {
        if let (line, detail) = unreadable(text) {
            throw SettingsError(file: file, faults: [SettingsFault(key: "", line: line, detail: detail)])
        }
        let root: [String: TOMLNode]
        do {
            root = TOMLNode.members(of: try TOMLTable(string: text))
        } catch let error as TOMLParseError {
            let begin = error.source.begin
            throw SettingsError(
                file: file,
                faults: [
                    SettingsFault(key: "", line: begin.line, detail: "column \(begin.column): \(error.description)")
                ])
        } catch {
            throw SettingsError(file: file, faults: [SettingsFault(key: "", detail: "is not TOML")])
        }
        let faults = SettingsFaults(text)
        let paths = SettingsPaths(file: file, credentials: credentials)
        let settings = read(root, faults: faults, paths: paths)
        guard let settings, faults.faults.isEmpty else { throw SettingsError(file: file, faults: faults.faults) }
        return settings
    }

    /// Text that must not reach TOMLKit.
    private static func unreadable(_ text: String) -> TOMLCheck.Fault? {
        // TOMLKit silently reads only the text before the first zero byte.
        if let zero = text.utf8.firstIndex(of: 0) {
            return (text.utf8[..<zero].count { $0 == UInt8(ascii: "\n") } + 1, "expected text, found a zero byte")
        }
        return TOMLCheck.fault(in: text)
    }

    private static func read(_ members: [String: TOMLNode], faults: SettingsFaults, paths: SettingsPaths) -> Settings? {
        var root = SettingsReader(members, path: "", faults: faults)
        var table = root.table("store", required: true)
        let store = table.isPresent ? StoreSettings(&table, paths) : nil
        let terminals = root.tables("terminals").map { reader in
            var reader = reader
            return TerminalSettings(&reader)
        }
        table = root.table("sales")
        let sales = SalesSettings(&table)
        let provider = ProviderSettings(&root, paths)
        table = root.table("intake")
        let intake = IntakeSettings(&table, paths)
        table = root.table("outbox")
        let outbox = OutboxSettings(&table, paths)
        table = root.table("receipt")
        let receipt = ReceiptSettings(&table)
        table = root.table("documents")
        let documents = table.isPresent ? DocumentsSettings(&table, paths) : nil
        table = root.table("slips")
        let slips = table.isPresent ? SlipsSettings(&table, paths) : nil
        table = root.table("supplier_invoices")
        let supplierInvoices = table.isPresent ? SupplierInvoicesSettings(&table, paths) : nil
        let printers = root.tables("printers").map { reader in
            var reader = reader
            return PrinterSettings(&reader)
        }
        root.refuseUnknownKeys()
        switch members["printers"] {
        case nil: faults.add("printers", "required, but missing: at least one [[printers]]")
        case .array(let nodes) where nodes.isEmpty: faults.add("printers", "expected at least one [[printers]]")
        default: break
        }
        checkNames(printers: printers, terminals: terminals, faults: faults)
        documents?.check(printers: printers, faults: faults)
        supplierInvoices?.check(spool: intake.spool, faults: faults)
        if members["slime"] == nil, members["billgate"] != nil { documents?.checkWithoutStream(faults) }
        if members["billgate"] != nil, provider?.use == .billgate { sales.checkWithBillgate(faults) }
        guard let store, let provider else { return nil }
        var settings = Settings(store: store, provider: provider, printers: printers.compactMap(\.self))
        settings.terminals = terminals.compactMap(\.self)
        settings.sales = sales
        settings.intake = intake
        settings.outbox = outbox
        settings.receipt = receipt
        settings.documents = documents
        settings.slips = slips
        settings.supplierInvoices = supplierInvoices
        return settings
    }

    /// nil for an entry that has a fault already, so the others keep their positions.
    private static func checkNames(
        printers: [PrinterSettings?], terminals: [TerminalSettings?], faults: SettingsFaults
    ) {
        let isComplete = !printers.contains { $0 == nil }
        for (index, printer) in printers.enumerated() {
            guard let printer else { continue }
            if printers[..<index].contains(where: { $0?.name == printer.name }) {
                faults.add("printers[\(index)].name", "another printer is called \"\(printer.name)\" already")
            }
            // The one that it names may be the one that could not be read.
            if let fallback = printer.fallback,
                fallback == printer.name || isComplete && !printers.contains(where: { $0?.name == fallback })
            {
                faults.add("printers[\(index)].fallback", "expected the name of another printer, found \"\(fallback)\"")
            }
        }
        for (index, terminal) in terminals.enumerated() {
            guard let terminal, terminals[..<index].contains(where: { $0?.id == terminal.id }) else { continue }
            faults.add("terminals[\(index)].id", "another terminal is called \"\(terminal.id)\" already")
        }
    }
}

/// Resolves the paths of a configuration.
struct SettingsPaths {
    private let folder: URL
    private let credentials: String?

    init(file: String, credentials: String?) {
        folder = URL(fileURLWithPath: file).deletingLastPathComponent()
        self.credentials = credentials
    }

    /// Absolute; relative ones are relative to the configuration's folder.
    func resolve(_ path: String) -> String {
        // Not looked at, as other initializers do: a disk that hangs would hold up every command.
        URL(filePath: path, directoryHint: .notDirectory, relativeTo: folder).standardizedFileURL.path
    }

    /// Like ``resolve(_:)``, but looks up a bare name among systemd's credentials first.
    func secret(_ name: String) -> String {
        if let credentials, !name.contains("/") {
            let path = URL(fileURLWithPath: credentials).appendingPathComponent(name).path
            if FileManager.default.fileExists(atPath: path) { return path }
        }
        return resolve(name)
    }
}
