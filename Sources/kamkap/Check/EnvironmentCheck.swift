import Foundation
import Gateway
import GatewayAPI
import Host
import Logging
import NIOCore
import Printing
import Settings

/// Tries everything that the configuration names. The running gateway asks the printers, if there is one: a printer
/// serves one connection.
struct EnvironmentCheck {
    let settings: Settings
    let socket: String

    /// In the order of the output.
    func findings() async -> [Finding] {
        let status = await gatewayStatus()
        var findings = files(isRunning: status != nil)
        findings.append(await freeSpace())
        if let archive = settings.documents?.archive { findings.append(await self.archive(archive)) }
        async let asked = askProviders()
        async let slips = SlipsCheck.findings(settings)
        async let invoices = SupplierInvoicesCheck.findings(settings)
        async let printers = printers(status)
        findings += await asked
        findings += await slips
        findings += await invoices
        findings += await printers
        findings.append(gateway(status))
        return findings
    }

    private func files(isRunning: Bool) -> [Finding] {
        let intake = settings.intake
        var findings = settings.provider.all.flatMap { ProviderCheck($0).files() }
        findings += [
            .trying("receipt", "font \(settings.receipt.font)") {
                _ = try PrinterFleet(settings: settings, isSandbox: false).stations()
            }
        ]
        findings += warnings()
        if intake.listen != nil || intake.tokenFile != nil {
            let place = intake.listen.map { "\($0)" } ?? "a socket of systemd's"
            let tokens = intake.staffTokenFile == nil ? "a token" : "tokens for tills and staff"
            let means = intake.tlsCertificate == nil ? "not encrypted" : "over TLS"
            findings.append(
                .trying("network", "\(place): \(tokens), \(means)") { _ = try Listeners.networkKeys(intake) })
        }
        // While the gateway runs, only its user can see who owns them.
        guard !isRunning else { return findings }
        findings.append(.trying("database", settings.outbox.database) { try Self.canWrite(settings.outbox.database) })
        findings.append(.trying("socket", intake.socket) { try Self.canWrite(intake.socket) })
        if let spool = intake.spool {
            findings.append(
                .trying("spool", spool) {
                    for folder in ["incoming", "accepted", "rejected"] {
                        try Self.canWrite("\(spool)/\(folder)/sale.json")
                    }
                })
        }
        if let folder = settings.supplierInvoices?.folder {
            findings.append(
                .trying("invoices", folder) {
                    for place in ["incoming", "reading", "read", "failed"] {
                        try Self.canWrite("\(folder)/\(place)/invoice.pdf")
                    }
                })
        }
        return findings
    }

    /// What papers lack: the gateway runs all the same, but nobody wants that.
    private func warnings() -> [Finding] {
        guard let fleet = try? PrinterFleet(settings: settings, isSandbox: false) else { return [] }
        return fleet.warnings(usualLink: settings.provider.current.longestLink).map { warning in
            Finding(subject: "receipt", isWell: false, detail: "\(warning.key): \(warning.text)")
        }
    }

    /// The nearest existing folder must accept files.
    private static func canWrite(_ path: String) throws {
        let folder = nearestFolder(to: path)
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw CommandExit(.badConfiguration, "\(folder) cannot be written by this user")
        }
    }

    private static func nearestFolder(to path: String) -> String {
        var folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: folder.path), folder.path != "/" {
            folder.deleteLastPathComponent()
        }
        return folder.path
    }

    private func freeSpace() async -> Finding {
        let needed = settings.outbox.minimumFreeSpace
        do {
            let free = try await FreeSpace.available(at: Self.nearestFolder(to: settings.outbox.database))
            let detail = "\(Size.text(free)) free, at least \(Size.text(needed)) needed"
            return free >= needed
                ? .well("disk", detail)
                : .fault("disk", detail, remedy: "No sale is taken: free some space, or lower outbox.min_free_space")
        } catch {
            return .fault("disk", error.message)
        }
    }

    /// The archive leaves more room than sales need. Its disk may be a share that hangs.
    private func archive(_ folder: String) async -> Finding {
        let needed = Start.archiveReserve(settings.outbox)
        do {
            let free = try await SlowDisk().use(within: Self.diskLimit) { () throws(HostError) in
                try await FreeSpace.available(at: try await Folder.nearestWritable(to: folder))
            }
            let detail = "\(folder): \(Size.text(free)) free for documents, of which \(Size.text(needed)) stay"
            return free >= needed
                ? .well("archive", detail)
                : .fault("archive", detail, remedy: "No document is kept: free some space on that disk")
        } catch {
            let isOurs = [.permissionDenied, .notFound, .invalidPath].contains(error.code)
            return Finding(
                subject: "archive", kind: isOurs ? .configuration : .environment, isWell: false,
                detail: "\(folder): \(error.message)",
                remedy:
                    "No document is kept: mount that disk, or let the gateway's user write there (documents.archive)")
        }
    }

    private static let diskLimit: Duration = .seconds(5)

    /// One question each, in their order.
    private func askProviders() async -> [Finding] {
        var findings: [Finding] = []
        for provider in settings.provider.all { findings.append(await ProviderCheck(provider).account()) }
        return findings
    }

    private func printers(_ status: StatusResource?) async -> [Finding] {
        if let status {
            return status.printers.map { printer in
                let report = printer.detail ?? printer.state
                // A printer that never answers stays unknown.
                let isWell = ["ready", "attention", "unknown"].contains(printer.state)
                return Self.finding(printer.name, printer.device, report, isWell: isWell)
            }
        }
        guard let fleet = try? PrinterFleet(settings: settings, isSandbox: false) else { return [] }
        return await fleet.look().map { name, device, outcome in
            switch outcome {
            case .success(let status):
                Self.finding(
                    name, device, status?.summary ?? "takes bytes, but does not answer",
                    isWell: status?.canPrint ?? true)
            case .failure(let error): Finding.fault("printer", "\(name): \(error.message)")
            }
        }
    }

    private static func finding(_ name: String, _ device: String, _ detail: String, isWell: Bool) -> Finding {
        let text = "\(name), \(device): \(detail)"
        return isWell
            ? .well("printer", text)
            : .fault("printer", text, remedy: "Look at its paper, cover, cable and switch; docs/printers.md helps")
    }

    private func gatewayStatus() async -> StatusResource? {
        guard let answer = try? await GatewayClient(socket: socket).get("/v1/status", waitLimit: .seconds(10)),
            answer.status == 200
        else {
            return nil
        }
        return try? StatusResource(json: answer.json())
    }

    private func gateway(_ status: StatusResource?) -> Finding {
        guard let status else { return .well("gateway", "none runs on \(socket): printers were asked from here") }
        guard !status.isWell else { return .well("gateway", "\(status.version) runs, and needs no hand") }
        return .fault(
            "gateway", "\(status.version) runs, and needs a hand", remedy: "For what and why, see: kamkap status")
    }
}
