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

// A clock that is wrong, or is set.
extension AlarmMonitorTests {
    @Test("a clock that is behind the newest sale is told of at once, until it is right or staff say that it is")
    func clockWrong() async throws {
        try await watch { shop, alarmMonitor, log, _ in
            try await shop.sell("A", extra: #","receipt":{"print":false}"#)
            shop.time.set(by: -300)
            #expect(await codes(alarmMonitor) == [])
            shop.time.set(by: -1)
            let alarm = try #require(await alarms(alarmMonitor).first)
            #expect(alarm.code == .clockWrong && alarm.code.severity == .critical)
            #expect(alarm.reason == "before-newest-sale")
            #expect(alarm.text.contains("the newest sale was received at"))
            #expect(alarm.since == shop.time.shown)
            shop.time.set(by: 301)
            #expect(await codes(alarmMonitor) == [])
            shop.time.set(by: -3_600)
            #expect(await codes(alarmMonitor) == [.clockWrong])
            try await alarmMonitor.acknowledge(.clockWrong, of: nil)
            #expect(await codes(alarmMonitor) == [])
            #expect(log.all.count { $0.text.hasPrefix("alarm raised alarm.code=clock-wrong") } == 2)
        }
    }

    @Test("nobody can say away that no sale is taken")
    func clockBeforeRelease() async throws {
        try await Shop.open(.nobody) { shop in
            let clocks = shop.time.watch(released: shop.time.now)
            let alarmMonitor = AlarmMonitor(
                outbox: shop.outbox, sources: MonitorSources(clock: clocks),
                context: LoopContext(clock: shop.time.clock, logger: LogBook().logger))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await alarmMonitor.run() }
                defer { group.cancelAll() }
                shop.time.set(by: -3 * 365 * 86_400)
                #expect(await alarms(alarmMonitor).map(\.reason) == ["before-release"])
                try await alarmMonitor.acknowledge(.clockWrong, of: nil)
                #expect(await codes(alarmMonitor) == [.clockWrong])
            }
        }
    }

    @Test("a clock that is set makes nothing stuck")
    func setClock() async throws {
        try await watch { shop, alarmMonitor, _, _ in
            try await shop.sell("A")
            try await shop.outbox.setAccount(AccountState(condition: .down, since: shop.time.now), of: .slime)
            shop.time.set(by: 7 * 3_600)
            #expect(await codes(alarmMonitor) == [])
            shop.time.advance(by: 299)
            #expect(await codes(alarmMonitor) == [])
            shop.time.advance(by: 301)
            let alarms = await alarms(alarmMonitor)
            #expect(Set(alarms.map(\.code)) == [.providerDown, .registrationStuck, .printsWaiting])
            // What people read is by the clock on their wall.
            #expect(alarms.allSatisfy { $0.since == shop.time.shown - 600 })
            #expect(alarms.allSatisfy { $0.text.contains("10 minutes") })
        }
    }
}
