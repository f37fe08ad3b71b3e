import Foundation
import Journey
import Outbox
import RemoteServices
import Sales
import Simulators
import Synchronization
import TestRuntime
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(1))) struct BillWatchTests {
    private func looks(_ stage: BillingStage) async -> Int {
        await stage.billgate.calls().count { $0.operation == .getInvoiceById }
    }

    @Test("open bills are looked at in turn, each once in ten minutes, until they are paid")
    func turns() async throws {
        try await BillingStage.open { stage in
            let told = Mutex<[String]>([])
            var ids: [String] = []
            for number in ["INV-1", "INV-2"] {
                ids.append(try #require(try await stage.billing.write(BillingStage.bill(number)).id))
            }
            stage.outbox.changes.observe { changes in
                for case .bill(let bill) in changes {
                    told.withLock { $0.append("\(bill.number ?? "") \(bill.status ?? "")") }
                }
            }
            for _ in 0..<2 { #expect(await stage.watch.look() == BillWatch.pause) }
            #expect(await stage.watch.look() > BillWatch.pause)
            #expect(await looks(stage) == 2)
            #expect(told.withLock { $0 }.isEmpty)

            try await stage.billgate.setStatus(.pendingApproval, ofInvoice: ids[1])
            await stage.advance(by: 599)
            #expect(await stage.watch.look() == 1)
            await stage.advance(by: 1)
            for _ in 0..<2 { #expect(await stage.watch.look() == BillWatch.pause) }
            #expect(told.withLock { $0 } == ["INV-2 pending_approval"])

            try await stage.billgate.setStatus(.paid, ofInvoice: ids[1])
            await stage.advance(by: 600)
            for _ in 0..<2 { _ = await stage.watch.look() }
            await stage.advance(by: 600)
            #expect(await stage.watch.look() == BillWatch.pause)
            #expect(await stage.watch.look() > BillWatch.pause)
            #expect(await looks(stage) == 7)
            #expect(told.withLock { $0 } == ["INV-2 pending_approval", "INV-2 paid"])
        }
    }

    @Test("nobody asks while the service is down or the account is held", arguments: ["down", "held"])
    func pauses(condition: String) async throws {
        try await BillingStage.open { stage in
            _ = try await stage.billing.write(BillingStage.bill())
            let failure = Failure(code: "Billgate::401", message: "no", at: stage.time.now)
            let state = AccountState(
                condition: condition == "held" ? .held : .down, failure: failure, since: stage.time.now)
            try await stage.outbox.setAccount(state, of: .billgate)
            #expect(await stage.watch.look() == BillWatch.idle)
            #expect(await looks(stage) == 0)
            try await stage.outbox.setAccount(.up, of: .billgate)
            #expect(await stage.watch.look() == BillWatch.pause)
        }
    }

    @Test("a bill that nobody shows any more is given up, and a failure only puts it off")
    func gone() async throws {
        try await BillingStage.open { stage in
            let id = try #require(try await stage.billing.write(BillingStage.bill()).id)
            await stage.billgate.inject(.init(.unavailable(status: 503), times: 1))
            #expect(await stage.watch.look() == BillWatch.idle)
            _ = try await stage.billing.write(BillingCall(.remove(.bills), id: id))
            for _ in 0..<BillWatch.absences {
                #expect(try await stage.outbox.bill(id)?.isOpen == true)
                await stage.advance(by: 600)
                #expect(await stage.watch.look() == BillWatch.pause)
            }
            let bill = try #require(try await stage.outbox.bill(id))
            #expect(!bill.isOpen && bill.status == BillWatch.gone)
        }
    }
}
