import Foundation
import Gateway
import Logging
import Runtime
import Synchronization
import TestRuntime
import Testing

@Suite(.timeLimit(.minutes(1))) struct DiskSpaceTests {
    /// A disk that is as full as the test says.
    private final class Disk: Sendable {
        let free = Mutex(0)
        let looks = Mutex(0)

        func look() -> Int {
            looks.withLock { $0 += 1 }
            return free.withLock(\.self)
        }
    }

    private let quiet = Logger(label: "disk") { _ in SwiftLogNoOpLogHandler() }

    private func sale(_ id: String) -> [UInt8] {
        Array(
            """
            {"transaction_id":"\(id)","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[
            {"name":"x","unit_price":"100","quantity":"1","vatable":true}]}}
            """.utf8)
    }

    @Test(
        "under the limit a new sale is refused with both figures, a known one is answered; with room again it is taken")
    func limit() async throws {
        try await Shop.open(.nobody) { shop in
            let disk = Disk()
            let monitor = DiskSpaceMonitor(
                room: DiskSpace(minimum: 64 << 20), context: LoopContext(clock: shop.time.clock, logger: quiet),
                look: { disk.look() })
            let sales = SaleOperations(
                outbox: shop.outbox, providers: shop.sales.providers,
                configuration: GatewayConfiguration(saleDefaults: try Shop.defaults(), routing: shop.sales.routing),
                environment: GatewayEnvironment(clock: shop.time.clock, diskSpace: monitor.room))
            // Nobody has looked yet: the disk itself decides.
            #expect(sales.hindrance == nil)
            #expect(try await sales.accept(sale("KNOWN"), from: .till("test")).isNew)
            disk.free.withLock { $0 = 60_500_000 }
            await monitor.lookOnce()
            let refusal = await #expect(throws: OperationError.self) {
                try await sales.accept(sale("NEW"), from: .till("test"))
            }
            guard case .diskFull(let words)? = refusal else { throw FixtureError() }
            #expect(words.contains("57.6 MiB are free") && words.contains("requires 64 MiB"))
            #expect(sales.hindrance == words)
            #expect(try await !sales.accept(sale("KNOWN"), from: .till("test")).isNew)
            disk.free.withLock { $0 = 64 << 20 }
            await monitor.lookOnce()
            #expect(try await sales.accept(sale("NEW"), from: .till("test")).isNew)
        }
    }

    @Test("the monitor looks again every second")
    func looks() async throws {
        let time = ManualClock()
        let disk = Disk()
        let monitor = DiskSpaceMonitor(
            room: DiskSpace(minimum: 0), context: LoopContext(clock: time.clock, logger: quiet), look: { disk.look() })
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await monitor.run() }
            while disk.looks.withLock(\.self) == 0, !Task.isCancelled { await Task.yield() }
            let begun = time.now
            while disk.looks.withLock(\.self) < 4, !Task.isCancelled {
                time.advance(by: 0.5)
                await Task.yield()
            }
            #expect(time.now.timeIntervalSince(begun) >= 2)
            group.cancelAll()
        }
    }
}
