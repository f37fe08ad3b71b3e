import Foundation
import Gateway
import JSON
import Logging
import Outbox
import RemoteServices
import Sales
import Slips
import Synchronization
import TestServices
import Testing

@testable import Host
@testable import Intake

/// A spool with a real outbox behind it, and nobody who registers or prints.
struct SpoolStage: Sendable {
    let root: URL
    let outbox: Outbox
    let intake: SpoolIntake
    /// The one for slips, in `slips/`; nil if none are taken.
    let slips: SpoolIntake?
    let log: SpoolLines
    let refusals: Refusals

    final class Refusals: Sendable {
        private let reasons = Mutex<[String]>([])

        func add(_ reason: String) { reasons.withLock { $0.append(reason) } }
        var all: [String] { reasons.withLock(\.self) }
    }

    /// - Parameters:
    ///   - picture: bytes of the largest picture of a slip; nil to take none.
    ///   - before: puts there what lies there when the gateway starts.
    static func open(
        picture: Int? = nil, before: (URL) throws -> Void = { _ in }, _ body: (SpoolStage) async throws -> Void
    ) async throws {
        let folder = URL(fileURLWithPath: "/tmp/kk-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let outbox = try Outbox(path: folder.appendingPathComponent("outbox.sqlite").path)
        let root = folder.appendingPathComponent("spool")
        try before(root)
        guard let branch = BranchID("00000"), let rate = DecimalNumber("0.07"),
            let routing = PrinterRouting([.init(printer: "front", terminals: [])])
        else { throw FixtureError("the fixture's own values are wrong") }
        let sales = SaleOperations(
            outbox: outbox, providers: ProviderSet(ScriptedProvider()),
            configuration: GatewayConfiguration(
                saleDefaults: SaleDefaults(
                    branchID: branch, theme: ["id": .string("retail-hatsu"), "color": .string("#cd0c2b")],
                    terms: SaleTerms(vatIncluded: true, vatRate: rate, rounding: .line)),
                routing: routing))
        let (log, refusals) = (SpoolLines(), Refusals())
        let intake = try SpoolIntake(
            SpoolSettings(
                root: root.path, mode: 0o770, group: nil, maximumBody: 4 << 20, keep: .seconds(86_400)),
            sales: sales, logger: Logger(label: "spool") { _ in log }
        ) { reason in refusals.add(reason) }
        let slips = try picture.map { maximum in
            try SpoolIntake(
                SpoolSettings(
                    root: root.appendingPathComponent("slips").path, mode: 0o770, group: nil, maximumBody: maximum,
                    keep: .seconds(86_400)),
                slips: SlipOperations(
                    outbox: outbox, service: SilentReader().name,
                    folder: try SlipFolder(folder.appendingPathComponent("pictures").path)),
                of: sales, logger: Logger(label: "spool") { _ in log }
            ) { reason in refusals.add(reason) }
        }
        let result: Result<Void, any Error>
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await intake.run() }
                if let slips { group.addTask { try await slips.run() } }
                defer { group.cancelAll() }
                for intake in [intake, slips].compactMap(\.self) { await intake.state.waitForWatching() }
                try await body(
                    SpoolStage(
                        root: root, outbox: outbox, intake: intake, slips: slips, log: log, refusals: refusals))
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        try outbox.close()
        try result.get()
    }

    static func sale(_ id: String, _ price: Int = 15) -> String {
        """
        {"transaction_id":"\(id)","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[
        {"name":"x","unit_price":"\(price)","quantity":"8","vatable":true}]},"receipt":{"print":false}}
        """
    }

    func path(_ place: String) -> String { root.appendingPathComponent(place).path }

    func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path(folder)).sorted()
    }

    /// As a till does that follows the book: whole under another name, then renamed.
    func rename(_ text: String, to name: String) throws { try rename(Array(text.utf8), to: name, in: "incoming") }

    func rename(_ bytes: [UInt8], to name: String, in folder: String) throws {
        let draft = path("\(folder)/.tmp-\(name)")
        try Data(bytes).write(to: URL(fileURLWithPath: draft))
        guard Glibc.rename(draft, path("\(folder)/\(name)")) == 0 else { throw FixtureError("\(name) was not renamed") }
    }

    /// Puts a file where a folder was. The gateway may make the folder anew in between; then it goes once more.
    func block(_ folder: String) throws {
        let blocker = root.deletingLastPathComponent().appendingPathComponent("blocker").path
        try Data().write(to: URL(fileURLWithPath: blocker))
        repeat { try? FileManager.default.removeItem(atPath: folder) } while Glibc.rename(blocker, folder) != 0
    }

    /// Waits, with a deadline, for what the intake of slips has to bring about, or that of sales if there is no other.
    func until(
        _ what: String, within limit: Duration = .seconds(40), _ isSo: () async throws -> Bool
    ) async throws {
        try await until(what, by: slips ?? intake, within: limit, isSo)
    }

    func untilKept(_ id: String) async throws {
        try await until("the sale \(id) is kept", by: intake, within: .seconds(40)) { try await isKept(id) }
    }

    /// - Parameter intake: who brings it about: another one's next round may be far.
    private func until(
        _ what: String, by intake: SpoolIntake, within limit: Duration, _ isSo: () async throws -> Bool
    ) async throws {
        let deadline = ContinuousClock.now + limit
        while true {
            let rounds = intake.state.rounds
            if try await isSo() { return }
            let rest = deadline - .now
            guard rest > .zero else { throw FixtureError("not so within \(limit): \(what)") }
            // Whatever the intake brings about is done at the end of a round.
            await intake.state.waitForRound(after: rounds, within: rest)
        }
    }

    func isKept(_ id: String) async throws -> Bool {
        guard let id = TransactionID(id) else { throw FixtureError("\(id) is no id") }
        return (try? await outbox.sale(id)) != nil
    }
}

extension SpoolState {
    /// A file that is there before the folder is watched is taken for one that may still be written, for up to a minute.
    func waitForWatching() async { await waitForRound(after: 0, within: .seconds(60)) }
}

/// What the spool logs.
final class SpoolLines: LogHandler, Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock(\.self) }

    var metadata: Logger.Metadata {
        get { [:] }
        set { _ = newValue }
    }
    var logLevel: Logger.Level {
        get { .trace }
        set { _ = newValue }
    }
    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { nil }
        set { _ = newValue }
    }

    func log(event: LogEvent) {
        let pairs = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }
        lines.withLock { $0.append("\(event.message)" + pairs.joined()) }
    }
}
