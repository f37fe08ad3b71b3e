import Foundation
import Gateway
import JSON
import Journey
import Logging
import Monitoring
import Outbox
import RemoteServices
import Runtime
import Sales
import Synchronization
import TestServices
import Testing

@testable import Intake

@Suite(.timeLimit(.minutes(1))) struct SpoolPruningTests {
    /// What the clocks say, as the test has it.
    private final class Clocks: Sendable {
        let elapsed = Mutex<TimeInterval>(0)
        let ahead = Mutex<TimeInterval>(0)
        let isSynchronised = Mutex(true)
        private let begun = Date()

        var clock: GatewayClock {
            GatewayClock(
                now: { self.begun + self.elapsed.withLock(\.self) },
                shown: { self.begun + self.elapsed.withLock(\.self) + self.ahead.withLock(\.self) },
                sleepUntil: { _ in })
        }

        /// A sale that is as new as the clock needs it.
        func watch() -> ClockMonitor {
            ClockMonitor(
                clock: clock, newestSale: begun + 20 * 86_400,
                isSynchronised: { self.isSynchronised.withLock(\.self) })
        }
    }

    /// A spool with one file in each folder, that came there now, 40 days before the clock's time.
    private func withSpool(_ body: (SpoolPruning, Clocks, Outbox, URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kamkap-prune-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["accepted", "rejected"] {
            let path = folder.appendingPathComponent(name)
            try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
            try Data("{}".utf8).write(to: path.appendingPathComponent("a.json"))
        }
        guard let branch = BranchID("00000"), let rate = DecimalNumber("0.07"),
            let routing = PrinterRouting([.init(printer: "front", terminals: [])])
        else { throw FixtureError("the fixture's own values are wrong") }
        let outbox = try Outbox(path: folder.appendingPathComponent("outbox.sqlite").path)
        let clocks = Clocks()
        let sales = SaleOperations(
            outbox: outbox, providers: ProviderSet(ScriptedProvider()),
            configuration: GatewayConfiguration(
                saleDefaults: SaleDefaults(
                    branchID: branch, theme: ["id": .string("retail-hatsu"), "color": .string("#cd0c2b")],
                    terms: SaleTerms(vatIncluded: true, vatRate: rate, rounding: .line)),
                routing: routing),
            environment: GatewayEnvironment(clock: clocks.clock, clockMonitor: clocks.watch()))
        let pruning = SpoolPruning(
            accepted: folder.appendingPathComponent("accepted").path,
            rejected: folder.appendingPathComponent("rejected").path, keep: .seconds(30 * 86_400), sales: sales,
            logger: Logger(label: "prune") { _ in SwiftLogNoOpLogHandler() })
        try await body(pruning, clocks, outbox, folder)
        try outbox.close()
    }

    @Test("files that are old by a clock that is borne out are removed")
    func old() async throws {
        try await withSpool { pruning, clocks, _, _ in
            #expect(await pruning.prune() == 0)
            clocks.elapsed.withLock { $0 = 40 * 86_400 }
            #expect(await pruning.prune() == 2)
        }
    }

    @Test("a clock that was set 40 days ahead removes nothing, nor does one that nobody bears out")
    func wrongClock() async throws {
        try await withSpool { pruning, clocks, _, _ in
            clocks.elapsed.withLock { $0 = 2 * 3_600 }
            clocks.ahead.withLock { $0 = 40 * 86_400 }
            #expect(await pruning.prune() == 0)
            clocks.isSynchronised.withLock { $0 = false }
            clocks.elapsed.withLock { $0 = 4 * 3_600 }
            #expect(await pruning.prune() == 0)
            clocks.isSynchronised.withLock { $0 = true }
            #expect(await pruning.prune() == 2)
        }
    }

    @Test("what was refused stays, however old, until somebody has acknowledged it")
    func unread() async throws {
        try await withSpool { pruning, clocks, outbox, folder in
            try await outbox.count(Incident(code: Alarm.Code.spoolRejected.rawValue, since: Date()))
            clocks.elapsed.withLock { $0 = 40 * 86_400 }
            #expect(await pruning.prune() == 1)
            #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("rejected/a.json").path))
            try await outbox.acknowledge(outbox.figures().incidents)
            #expect(await pruning.prune() == 1)
        }
    }
}
