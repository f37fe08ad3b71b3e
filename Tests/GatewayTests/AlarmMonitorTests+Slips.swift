import Foundation
import Journey
import Monitoring
import Sales
import TestRuntime
import Testing

@testable import Gateway
@testable import Outbox

extension AlarmMonitorTests {
    @Test("a slip that differs needs a look, until somebody has had it; no account is told")
    func slipDiffers() async throws {
        try await watch { shop, alarmMonitor, _, _ in
            func read(_ image: UInt8, for sale: TransactionID) async throws {
                let id = SlipID.random()
                var new = NewSlip(
                    id: id, image: .init(.jpeg, size: 1, digest: Array(repeating: image, count: 32)),
                    job: NewJob(
                        kind: .slip, service: ServiceName(rawValue: "reader"), key: id.text,
                        request: SlipRecord.request(for: id, .jpeg)),
                    arrival: .init(from: "", at: shop.time.now, liveUntil: shop.time.now), shownAt: shop.time.shown)
                new.sale = sale
                guard case .new(let slip) = try await shop.outbox.take(new, atMost: 9) else { return }
                try await shop.outbox.apply(
                    [.attemptBegan, .begun(remoteID: "J"), .done(result: nil)], toJob: slip.seq,
                    finding: SlipFinding(SlipReading(amount: "102.00", toAccount: "123-4-56789-0")), at: shop.time.now)
            }
            let sale = try await shop.sell("A")
            try await read(1, for: sale)
            let alarm = try #require(await alarms(alarmMonitor).first)
            #expect(alarm.code == .slipDiffers && alarm.count == 1 && alarm.service == nil)
            #expect(
                alarm.text.contains("1 payment slip differs")
                    && alarm.text.contains("A differs in amount, differs in date"))
            #expect(alarm.text.contains("kamkap slips --state differs") && !alarm.text.contains("56789"))
            try await read(2, for: sale)
            #expect(await alarms(alarmMonitor).map(\.count) == [2])
            try await alarmMonitor.acknowledge(.slipDiffers, of: nil)
            #expect(await codes(alarmMonitor) == [])
        }
    }

    @Test("slips that are owed while none are taken need somebody who configures their reader again")
    func missingReader() async throws {
        try await watch(others: [MonitoredService(missingReader: .scanlyIQ)]) { shop, alarmMonitor, _, _ in
            let id = SlipID.random()
            var new = NewSlip(
                id: id, image: .init(.jpeg, size: 1, digest: Array(repeating: 1, count: 32)),
                job: NewJob(
                    kind: .slip, service: .scanlyIQ, key: id.text, request: SlipRecord.request(for: id, .jpeg)),
                arrival: .init(from: "", at: shop.time.now, liveUntil: shop.time.now), shownAt: shop.time.shown)
            new.stated = Money(satang: 100)
            _ = try await shop.outbox.take(new, atMost: 9)
            try await shop.outbox.holdMissing(.scanlyIQ, "[slips] is gone", clock: shop.time.clock)
            let alarm = try #require(await alarms(alarmMonitor).first)
            #expect(alarm.code == .accountHeld && alarm.service == "scanlyiq" && alarm.count == 1)
            #expect(
                alarm.text
                    == "1 payment slip cannot be read: the table [slips] is not in the configuration. Configure [slips] again until they are read."
            )
        }
    }
}
