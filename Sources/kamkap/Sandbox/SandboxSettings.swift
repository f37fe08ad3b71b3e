import Foundation
import Sales
import Settings

/// The configuration of a sandbox: the sample store, a simulated provider and a virtual printer.
struct SandboxSettings {
    let environment: SandboxEnvironment
    let provider: ConfiguredProvider
    let printer: String

    func settings() throws -> Settings {
        var front = PrinterSettings(name: "front", device: printer, width: 576)
        front.drawer = true
        var settings = Settings(
            store: try SampleStore.store(), provider: ProviderSettings(provider), printers: [front])
        settings.terminals = [SampleStore.terminal]
        settings.intake.socket = environment.socket
        settings.intake.socketMode = 0o600
        settings.intake.spool = environment.spool
        settings.intake.spoolMode = 0o700
        settings.outbox.database = environment.directory.appendingPathComponent("outbox.sqlite").path
        guard environment.provider.streamsDocuments else { return settings }
        var documents = DocumentsSettings()
        // Nobody who tries it out waits a minute.
        documents.poll = .seconds(10)
        documents.archive = environment.directory.appendingPathComponent("documents").path
        settings.documents = documents
        return settings
    }
}

/// The store on paper if no configuration names a real one.
enum SampleStore {
    static let terminal = TerminalSettings(id: "POS-01", registerID: "E012300001234")

    static func store() throws -> StoreSettings {
        guard let taxID = TaxID("0105561000003"), let branchID = BranchID("00000") else {
            throw CommandExit(.software, "the sample store has no valid tax id")
        }
        var store = StoreSettings(name: "ร้านตัวอย่าง", taxID: taxID, branchID: branchID)
        store.address = ["99 ถนนสุขุมวิท แขวงคลองเตย", "เขตคลองเตย กรุงเทพมหานคร 10110"]
        store.phone = "02-000-0000"
        return store
    }
}
