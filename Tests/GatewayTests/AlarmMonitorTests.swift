import Dispatch
import Foundation
import Journey
import Logging
import Monitoring
import PrintQueue
import Printing
import Runtime
import Sales
import Synchronization
import TestRuntime
import Testing

@testable import Gateway
@testable import Outbox

/// Nobody registers or prints in these shops: it is as if the job worker and the print workers hung.
@Suite(.timeLimit(.minutes(1))) struct AlarmMonitorTests {
    final class Room: Sendable {
        let free = Mutex(1 << 30)
    }

    private static let other = MonitoredService(
        ServiceName(rawValue: "scanlyiq"), title: "ScanlyIQ", role: .other, advice: { _ in "Buy credits" })

    /// - Parameter others: services that are configured beside the provider.
    func watch(
        others: [MonitoredService] = [], _ body: (Shop, AlarmMonitor, LogBook, Room) async throws -> Void
    ) async throws {
        try await Shop.open(.nobody) { shop in
            let log = LogBook()
            let room = Room()
            let alarmMonitor = AlarmMonitor(
                outbox: shop.outbox,
                sources: MonitorSources(
                    printers: { shop.board.all.map { PrinterCondition($0) } },
                    disk: { DiskFigures(free: room.free.withLock(\.self), databaseSize: 4_096) }, clock: shop.clocks,
                    services: shop.gateway.monitored + others, isArchiving: true),
                thresholds: AlarmThresholds(minimumFreeSpace: 64 << 20),
                context: LoopContext(clock: shop.time.clock, logger: log.logger))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await alarmMonitor.run() }
                defer { group.cancelAll() }
                try await body(shop, alarmMonitor, log, room)
            }
        }
    }

    func alarms(_ alarmMonitor: AlarmMonitor) async -> [Alarm] {
        await alarmMonitor.report(within: .seconds(20)).alarms
    }
    func codes(_ alarmMonitor: AlarmMonitor) async -> [Alarm.Code] { await alarms(alarmMonitor).map(\.code) }

    @Test("a sale that nobody registers is told of once when it has waited too long, and once when it is done")
    func registrationStuck() async throws {
        try await watch { shop, alarmMonitor, log, _ in
            let id = try await shop.sell("A", extra: #","receipt":{"print":false}"#)
            shop.time.advance(by: 599)
            #expect(await codes(alarmMonitor) == [])
            shop.time.advance(by: 1)
            let alarm = try #require(await alarms(alarmMonitor).first)
            #expect(alarm.code == .registrationStuck)
            #expect(alarm.text.hasPrefix("1 sale is not registered yet; the oldest, A, came 10 minutes ago."))
            shop.time.advance(by: 60)
            #expect(await alarms(alarmMonitor).map(\.since) == [alarm.since])
            let job = try await shop.outbox.sale(id).registration.job
            try await shop.outbox.apply(
                [.attemptBegan, .begun(), .done(result: "https://secret.example/u")], toJob: job,
                at: shop.time.now)
            #expect(await codes(alarmMonitor) == [])
            #expect(
                log.all.map(\.text).filter { $0.hasPrefix("alarm") }.map { $0.prefix(while: { $0 != "=" }) } == [
                    "alarm raised alarm.code", "alarm cleared alarm.code",
                ])
            #expect(log.all.map(\.level) == [.warning, .notice])
        }
    }

    @Test("an account that is held is critical, and says what to do about it without quoting the provider")
    func held() async throws {
        try await watch { shop, alarmMonitor, log, _ in
            try await shop.sell("A", extra: #","receipt":{"print":false}"#)
            let failure = Failure(code: "Fund::InsufficientBalance", message: "quoted", at: shop.time.now)
            try await shop.outbox.setAccount(
                AccountState(condition: .held, failure: failure, since: shop.time.now), of: .slime)
            #expect(await codes(alarmMonitor) == [])
            shop.time.advance(by: 60)
            let alarm = try #require(await alarms(alarmMonitor).first)
            #expect(alarm.code == .accountHeld)
            #expect(alarm.text.contains("(Fund::InsufficientBalance): 1 sale cannot be registered"))
            #expect(alarm.text.contains("Top up the account's balance"))
            #expect(!alarm.text.contains("quoted"))
            #expect(log.all.map(\.level) == [.critical])
        }
    }

    @Test("Slime that stays away is told of after five minutes")
    func down() async throws {
        try await watch { shop, alarmMonitor, _, _ in
            try await shop.outbox.setAccount(AccountState(condition: .down, since: shop.time.now), of: .slime)
            shop.time.advance(by: 299)
            #expect(await codes(alarmMonitor) == [])
            shop.time.advance(by: 1)
            #expect(await codes(alarmMonitor) == [.providerDown])
            try await shop.outbox.setAccount(.up, of: .slime)
            #expect(await codes(alarmMonitor) == [])
        }
    }

    @Test("each service has alarms of its own, and is named by them; only a provider's absence is told of")
    func services() async throws {
        try await watch(others: [Self.other]) { shop, alarmMonitor, log, _ in
            let failure = Failure(code: "Credit::Empty", message: "quoted", at: shop.time.now)
            let held = AccountState(condition: .held, failure: failure, since: shop.time.now)
            let down = AccountState(condition: .down, since: shop.time.now)
            try await shop.outbox.setAccount(held, of: Self.other.name)
            try await shop.outbox.setAccount(down, of: .slime)
            shop.time.advance(by: 300)
            let first = await alarms(alarmMonitor)
            #expect(first.map(\.code) == [.accountHeld, .providerDown])
            #expect(first.map(\.service) == ["scanlyiq", "slime"])
            #expect(first.first?.reason == "Credit::Empty")
            #expect(first.first?.text.hasPrefix("ScanlyIQ has refused the account for 5 minutes") == true)
            #expect(first.first?.text.contains("Buy credits") == true)
            #expect(first.first?.text.contains("receipts") == false, "receipts have their QR all the same")
            #expect(first.last?.text.hasPrefix("Slime has not answered for 5 minutes") == true)
            #expect(log.all.first { $0.level == .critical }?.text.contains("service=scanlyiq") == true)

            // Both accounts are held: one alarm each, and both are seen at once.
            try await shop.outbox.setAccount(
                AccountState(condition: .held, failure: failure, since: shop.time.now - 60), of: .slime)
            #expect(Set(await alarms(alarmMonitor).map(\.service)) == ["scanlyiq", "slime"])
            #expect(await codes(alarmMonitor) == [.accountHeld, .accountHeld])
            try await alarmMonitor.acknowledge(.accountHeld, of: nil)
            #expect(await codes(alarmMonitor) == [])

            try await shop.outbox.setAccount(.up, of: .slime)
            try await shop.outbox.setAccount(down, of: Self.other.name)
            #expect(await codes(alarmMonitor) == [])
        }
    }

    @Test("prints that wait are told of: after two minutes where the printer says why, else after five")
    func prints() async throws {
        try await watch { shop, alarmMonitor, log, _ in
            try await shop.sell("A")
            shop.board.record("front", PrinterStatus(.paperEnd), at: shop.time.now, logger: log.logger)
            shop.time.advance(by: 119)
            #expect(await codes(alarmMonitor) == [])
            shop.time.advance(by: 1)
            let stuck = try #require(await alarms(alarmMonitor).first)
            #expect(stuck.code == .printerStuck)
            #expect(stuck.printer == "front")
            #expect(
                stuck.text.hasPrefix("1 print for front cannot be printed: out of paper. The oldest was asked for 2 m"))
            shop.board.record("front", PrinterStatus(), at: shop.time.now, logger: log.logger)
            #expect(await codes(alarmMonitor) == [])
            shop.time.advance(by: 180)
            #expect(await codes(alarmMonitor) == [.printsWaiting])
        }
    }

    @Test("a disk that runs short is critical until there is room again")
    func disk() async throws {
        try await watch { shop, alarmMonitor, log, room in
            room.free.withLock { $0 = (64 << 20) - 1 }
            while await codes(alarmMonitor) != [.diskShort] { shop.time.advance(by: 5) }
            #expect(await alarms(alarmMonitor).first?.text.contains("63 MiB free and needs 64 MiB") == true)
            room.free.withLock { $0 = 64 << 20 }
            while await codes(alarmMonitor) != [] { shop.time.advance(by: 5) }
            #expect(log.all.map(\.level) == [.critical, .notice])
        }
    }

    @Test("prints that failed, or that may be on no paper, need a hand until they are printed or acknowledged")
    func printsFailed() async throws {
        try await watch { shop, alarmMonitor, _, _ in
            let ids = ["A", "B", "C", "D"]
            for id in ids { try await shop.sell(id) }
            for id in ids { try await settle(id, .failed(reason: "nobody came", at: shop.time.now), in: shop) }
            let alarm = try #require(await alarms(alarmMonitor).first { $0.code == .printsFailed })
            #expect(alarm.printer == "front" && alarm.count == 4 && alarm.reason == "nobody came")
            #expect(alarm.text.hasPrefix("4 prints for front have failed or may be on no paper"))
            #expect(alarm.text.contains(": D, C, B, …."))
            // Staff print it after all, and it comes out.
            let id = try #require(TransactionID("D"))
            let print = try await shop.outbox.requestPrint(.copy, of: id, on: "front", at: shop.time.now)
            try await shop.outbox.apply(.began, toPrint: print.seq)
            try await shop.outbox.apply(.confirmed(.processID, at: shop.time.now), toPrint: print.seq)
            #expect(await alarms(alarmMonitor).map(\.count) == [3])
            try await alarmMonitor.acknowledge(.printsFailed, of: "back")
            #expect(await alarms(alarmMonitor).map(\.count) == [3])
            // What fails after the last look was not seen by whoever acknowledges it.
            try await shop.sell("E")
            try await settle("E", .failed(reason: "nobody came", at: shop.time.now), in: shop)
            try await alarmMonitor.acknowledge(.printsFailed, of: "front")
            #expect(await alarms(alarmMonitor).map(\.count) == [1])
            try await alarmMonitor.acknowledge(.printsFailed, of: "front")
            #expect(await codes(alarmMonitor) == [])
        }
    }

    @Test("an uncertain original is printed again by itself; only a reprint that is uncertain too needs a hand")
    func uncertain() async throws {
        try await watch { shop, alarmMonitor, _, _ in
            try await shop.sell("A")
            try await begin("A", in: shop)
            try await settle("A", .lostContact(reason: "gone", at: shop.time.now), in: shop)
            #expect(await codes(alarmMonitor) == [])
            try await begin("A", in: shop)
            try await settle("A", .lostContact(reason: "gone", at: shop.time.now), in: shop)
            #expect(await codes(alarmMonitor) == [.printsFailed])
        }
    }

    private func begin(_ id: String, in shop: Shop) async throws { try await settle(id, .began, in: shop) }

    /// Moves the sale's last print on.
    func settle(_ id: String, _ event: PrintMachine.Event, in shop: Shop) async throws {
        let sale = try await shop.outbox.sale(try #require(TransactionID(id)))
        try await shop.outbox.apply(event, toPrint: try #require(sale.prints.last).seq)
    }

    @Test("what is acknowledged is not raised again while it lasts, and is once it has ended and come back")
    func acknowledged() async throws {
        try await watch { shop, alarmMonitor, log, room in
            func run(short isShort: Bool, until wanted: [Alarm.Code]) async {
                room.free.withLock { $0 = isShort ? 0 : 1 << 30 }
                while await codes(alarmMonitor) != wanted { shop.time.advance(by: 5) }
            }
            await run(short: true, until: [.diskShort])
            try await alarmMonitor.acknowledge(.diskShort, of: nil)
            #expect(await codes(alarmMonitor) == [])
            room.free.withLock { $0 = 1 << 30 }
            while await alarmMonitor.report(within: .seconds(20)).room?.free != 1 << 30 { shop.time.advance(by: 5) }
            await run(short: true, until: [.diskShort])
            #expect(log.all.count { $0.text.hasPrefix("alarm raised") } == 2)
        }
    }

    @Test("an alarm that somebody has seen is raised again for another reason")
    func anotherReason() async throws {
        try await watch { shop, alarmMonitor, _, _ in
            func hold(_ code: String) async throws {
                let failure = Failure(code: code, message: "", at: shop.time.now)
                try await shop.outbox.setAccount(
                    AccountState(condition: .held, failure: failure, since: shop.time.now), of: .slime)
                shop.time.advance(by: 60)
            }
            try await hold("Fund::InsufficientBalance")
            #expect(await codes(alarmMonitor) == [.accountHeld])
            try await alarmMonitor.acknowledge(.accountHeld, of: nil)
            #expect(await codes(alarmMonitor) == [])
            try await hold("Certificate::NotReady")
            #expect(await alarms(alarmMonitor).map(\.reason) == ["Certificate::NotReady"])
        }
    }

    @Test("an incident is counted until somebody has seen it, and what another room reports stands beside it")
    func incidents() async throws {
        try await watch { shop, alarmMonitor, _, _ in
            for reason in ["first", "second"] {
                try await shop.outbox.count(
                    Incident(code: Alarm.Code.spoolRejected.rawValue, since: shop.time.now, reason: reason))
            }
            let alarm = try #require(await alarms(alarmMonitor).first)
            #expect(alarm.code == .spoolRejected && alarm.count == 2 && alarm.reason == "second")
            try await alarmMonitor.acknowledge(.spoolRejected, of: nil)
            #expect(await codes(alarmMonitor) == [])
        }
    }

    func reject(_ id: String, in shop: Shop) async throws {
        let sale = try await shop.sell(id, extra: #","receipt":{"print":false}"#)
        let failure = Failure(code: "SchemaViolation", message: "no", at: shop.time.now)
        try await shop.outbox.apply(
            [.attemptBegan, .rejected(failure)], toJob: shop.outbox.sale(sale).registration.job, at: shop.time.now)
    }

    @Test("a database that hangs is told of all the same, and the last figures are still given")
    func databaseStalled() async throws {
        try await watch { shop, alarmMonitor, _, _ in
            try await shop.sell("A", extra: #","receipt":{"print":false}"#)
            #expect(await alarmMonitor.report(within: .seconds(20)).figures?.pending == 1)
            let gate = DispatchSemaphore(value: 0)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await shop.outbox.write { _, _ in gate.wait() } }
                var report = await alarmMonitor.report(within: .milliseconds(50))
                while report.alarms.isEmpty {
                    shop.time.advance(by: 15)
                    report = await alarmMonitor.report(within: .milliseconds(50))
                }
                gate.signal()
                #expect(report.alarms.map(\.code).contains(.databaseStalled))
                #expect(report.figures?.pending == 1)
                try await group.waitForAll()
            }
            #expect(await !codes(alarmMonitor).contains(.databaseStalled))
        }
    }
}
