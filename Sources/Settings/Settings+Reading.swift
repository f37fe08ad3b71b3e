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

    private static func read(_ members: [String: TOMLNode], faults: SettingsFaults, paths: SettingsPaths) -> Settings? {
        var root = SettingsReader(members, path: "", faults: faults)
        var table = root.table("store", required: true)
        let store = table.isPresent ? StoreSettings(&table, paths) : nil
        let terminals = root.tables("terminals").compactMap { reader in
            var reader = reader
            return TerminalSettings(&reader)
        }
        table = root.table("slime", required: true)
        let slime = table.isPresent ? SlimeSettings(&table, paths) : nil
        table = root.table("intake")
        let intake = IntakeSettings(&table, paths)
        table = root.table("outbox")
        let outbox = OutboxSettings(&table, paths)
        table = root.table("receipt")
        let receipt = ReceiptSettings(&table)
        let printers = root.tables("printers").compactMap { reader in
            var reader = reader
            return PrinterSettings(&reader)
        }
        root.refuseUnknownKeys()
        if members["printers"] == nil { faults.add("printers", "required, but missing: at least one [[printers]]") }
        checkNames(printers: printers, terminals: terminals, faults: faults)
        guard let store, let slime else { return nil }
        return Settings(
            store: store, terminals: terminals, slime: slime, intake: intake, outbox: outbox, receipt: receipt,
            printers: printers)
    }

    private static func checkNames(
        printers: [PrinterSettings], terminals: [TerminalSettings], faults: SettingsFaults
    ) {
        for (index, printer) in printers.enumerated() {
            if printers[..<index].contains(where: { $0.name == printer.name }) {
                faults.add("printers[\(index)].name", "another printer is called \"\(printer.name)\" already")
            }
            if let fallback = printer.fallback,
                fallback == printer.name || !printers.contains(where: { $0.name == fallback })
            {
                faults.add("printers[\(index)].fallback", "expected the name of another printer, found \"\(fallback)\"")
            }
        }
        for (index, terminal) in terminals.enumerated()
        where terminals[..<index].contains(where: { $0.id == terminal.id }) {
            faults.add("terminals[\(index)].id", "another terminal is called \"\(terminal.id)\" already")
        }
    }
}

/// Where the paths of a configuration lead.
struct SettingsPaths {
    private let folder: URL
    private let credentials: String?

    init(file: String, credentials: String?) {
        folder = URL(fileURLWithPath: file).deletingLastPathComponent()
        self.credentials = credentials
    }

    /// Absolute; relative ones are relative to the configuration's folder.
    func resolve(_ path: String) -> String {
        URL(fileURLWithPath: path, relativeTo: folder).standardizedFileURL.path
    }

    /// As ``resolve(_:)``, but a bare name is looked up among systemd's credentials first.
    func secret(_ name: String) -> String {
        if let credentials, !name.contains("/") {
            let path = URL(fileURLWithPath: credentials).appendingPathComponent(name).path
            if FileManager.default.fileExists(atPath: path) { return path }
        }
        return resolve(name)
    }
}
