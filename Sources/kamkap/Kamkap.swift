import ArgumentParser
import Foundation

@main
struct Kamkap: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kamkap",
        abstract: "Registers a store's sales for self-service tax invoices and prints their receipts.",
        version: Version.text,
        subcommands: [
            Serve.self, Sandbox.self, Submit.self, Sales.self, Show.self, Reprint.self, Retry.self, Withdraw.self,
            TaxInvoice.self, Documents.self, Slip.self, Slips.self, Invoices.self, Billing.self, Addresses.self,
            Printers.self,
            TestPrint.self, Preview.self,
            Status.self, Check.self, Backup.self, Recover.self,
        ])

    /// Every exit has its sysexits code; the parser's own codes would be 64 for usage as well.
    static func main() async {
        StandardStreams.prepare()
        var exit: CommandExit?
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let thrown as CommandExit {
            exit = thrown
        } catch  where exitCode(for: error) == .success {
            // Help, the version, completions.
            Terminal.print(fullMessage(for: error))
        } catch {
            Self.exit(withError: error)
        }
        // Lost output is worse than what the command found.
        if let lost = Terminal.finish(), exit == nil || exit?.code == .needsAHand { exit = lost }
        exit?.leave()
    }
}

enum Version {
    static let text = "0.2.0"
    /// The day of this version's release, 2026-11-30, at 00:00 UTC: no right clock shows an earlier one. It is written
    /// here, not taken from the build, so that the same sources make the same program; scripts/package requires it to
    /// be renewed.
    static let released = Date(timeIntervalSince1970: 1_795_996_800)
}
