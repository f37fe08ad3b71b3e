import Foundation
import Gateway
import HTTPCalls
import Logging
import OCRInvoice
import Outbox
import Sales
import SupplierInvoices

@testable import Host
@testable import Intake

/// The folder of suppliers' invoices with a real outbox behind it, and nobody who has them read.
struct InvoiceStage: Sendable {
    let root: URL
    let outbox: Outbox
    let invoices: SupplierInvoiceOperations
    let intake: SpoolIntake
    let refusals: SpoolStage.Refusals

    /// - Parameter maximum: bytes of the largest document.
    static func open(
        maximum: Int = 1 << 20, before: (URL) throws -> Void = { _ in }, _ body: (InvoiceStage) async throws -> Void
    ) async throws {
        let folder = URL(fileURLWithPath: "/tmp/kki-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let outbox = try Outbox(path: folder.appendingPathComponent("outbox.sqlite").path)
        let root = folder.appendingPathComponent("invoices")
        try before(root)
        let files = try SupplierInvoiceFolder(
            root.path, access: .init(isForGroup: true, group: nil), longest: maximum)
        let service = try service(files, outbox)
        let invoices = SupplierInvoiceOperations(
            outbox: outbox, tasks: SupplierInvoiceTasks(service: service, files: files))
        let refusals = SpoolStage.Refusals()
        let intake = try SpoolIntake(
            SpoolSettings(root: root.path, mode: 0o770, group: nil, maximumBody: maximum, keep: nil),
            invoices: invoices, logger: Logger(label: "spool") { _ in SwiftLogNoOpLogHandler() }
        ) { reason in refusals.add(reason) }
        let result: Result<Void, any Error>
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await intake.run() }
                defer { group.cancelAll() }
                await intake.state.waitForWatching()
                try await body(
                    InvoiceStage(root: root, outbox: outbox, invoices: invoices, intake: intake, refusals: refusals))
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        try await service.shutdown()
        try outbox.close()
        try result.get()
    }

    /// No worker runs, so it is never called.
    private static func service(_ files: SupplierInvoiceFolder, _ outbox: Outbox) throws -> SupplierInvoiceService {
        guard let key = ServiceKey(line: "key"), let branch = BranchID("00000") else {
            throw FixtureError("the fixture's own values are wrong")
        }
        return SupplierInvoiceService(
            OCRInvoiceService(
                client: OCRInvoiceClient(
                    endpoint: OCRInvoiceEndpoint(url: "http://127.0.0.1:1", key: key),
                    options: OCRInvoiceCallOptions(timeout: .seconds(1)))),
            terms: OCRJobTerms(template: "t", branch: branch, gateway: "test"),
            publisher: DoorPublisher(
                base: "https://door.example", secret: "s", life: .seconds(3_600), book: OutboxDoorBook(outbox)),
            files: files, limits: SupplierInvoiceLimits(giveUpAfter: .seconds(3_600), deletesRemote: true),
            now: { Date() })
    }

    static func pdf(_ text: String) -> [UInt8] { Array("%PDF-1.7\n\(text)\n%%EOF\n".utf8) }

    func path(_ place: String) -> String { root.appendingPathComponent(place).path }

    func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path(folder)).sorted()
    }

    /// As a back office does that follows the book: whole under another name, then renamed.
    func drop(_ bytes: [UInt8], as name: String) throws {
        let draft = path("incoming/.tmp-\(UUID().uuidString)")
        try Data(bytes).write(to: URL(fileURLWithPath: draft))
        guard Glibc.rename(draft, path("incoming/\(name)")) == 0 else { throw FixtureError("\(name) was not renamed") }
    }

    /// Waits, with a deadline, for what the intake has to bring about.
    func until(_ what: String, within limit: Duration = .seconds(40), _ isSo: () throws -> Bool) async throws {
        let deadline = ContinuousClock.now + limit
        while true {
            let rounds = intake.state.rounds
            if try isSo() { return }
            let rest = deadline - .now
            guard rest > .zero else { throw FixtureError("not so within \(limit): \(what)") }
            // Whatever the intake brings about is done at the end of a round.
            await intake.state.waitForRound(after: rounds, within: rest)
        }
    }
}
