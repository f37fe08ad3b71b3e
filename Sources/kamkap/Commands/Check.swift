import ArgumentParser
import Foundation
import Settings

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Check the configuration and what it names, a line each.")

    @OptionGroup var configuration: ConfigurationOptions

    func run() async throws {
        let path = configuration.path
        let settings = try Settings.loadOrExit(path)
        var findings = [Finding("configuration", path)]
        findings.append(
            Finding("secret", settings.slime.secretFile) { _ = try SecretFile.read(settings.slime.secretFile) })
        findings.append(
            Finding("printers", settings.printers.map(\.name).joined(separator: ", ")) {
                _ = try ShopFloor(settings: settings, isSandbox: false)
            })
        findings.append(
            Finding("receipt", "font \(settings.receipt.font)") {
                _ = try ShopFloor(settings: settings, isSandbox: false).papers()
            })
        findings.append(
            Finding("database", settings.outbox.database) { try Self.checkWritable(settings.outbox.database) })
        findings.append(Finding("socket", settings.intake.socket) { try Self.checkWritable(settings.intake.socket) })
        for finding in findings { Terminal.print(finding.line) }
        guard findings.allSatisfy({ $0.fault == nil }) else { throw CommandExit(.badConfiguration, "") }
    }

    /// The nearest folder that exists must take files.
    private static func checkWritable(_ path: String) throws {
        var folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: folder.path), folder.path != "/" {
            folder.deleteLastPathComponent()
        }
        guard FileManager.default.isWritableFile(atPath: folder.path) else {
            throw CommandExit(.badConfiguration, "\(folder.path) cannot be written by this user")
        }
    }
}

/// One line of `kamkap check`.
private struct Finding {
    let subject: String
    let detail: String
    let fault: String?

    init(_ subject: String, _ detail: String, _ check: () throws -> Void = {}) {
        self.subject = subject
        self.detail = detail
        do {
            try check()
            fault = nil
        } catch let exit as CommandExit {
            fault = exit.message
        } catch {
            fault = "\(error)"
        }
    }

    var line: String {
        let subject = subject.padding(toLength: 15, withPad: " ", startingAt: 0)
        return (fault == nil ? "ok     " : "fault  ") + subject + (fault ?? detail)
    }
}
