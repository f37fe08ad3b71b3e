import Foundation
import GRDB
import Journey
import Sales
import Synchronization
import Testing

@testable import Outbox

@Suite struct ChangeFeedTests {
    private final class Observer: Sendable {
        private let seen = Mutex<[OutboxChange]>([])

        var changes: [OutboxChange] { seen.withLock(\.self) }

        init(_ outbox: Outbox) {
            outbox.changes.observe { [weak self] changes in self?.seen.withLock { $0 += changes } }
        }
    }

    @Test("whoever wrote finds that the observers know of it, each change in its order")
    func order() async throws {
        try await withOutbox { outbox, _ in
            let observer = Observer(outbox)
            let sale = try await outbox.accepted(Fixture.sale("A"))
            #expect(observer.changes == [.accepted(sale)])
            _ = try await outbox.accept(Fixture.sale("A"))
            #expect(observer.changes.count == 1, "the same sale again changes nothing")
            let machine = try await outbox.apply([.attemptBegan], toJob: sale.registration.job, at: Fixture.now)
            let registration = SaleRegistration(job: sale.registration.job, provider: .slime, machine: machine)
            #expect(observer.changes.last == .registration(sale.id, registration, receivedAt: sale.receivedAt))
            let held = AccountState(condition: .held, failure: Failure(code: "X", message: "", at: Fixture.now))
            try await outbox.setAccount(held, of: .slime)
            #expect(observer.changes.last == .account(.slime, held))
        }
    }

    @Test("the reprint that an uncertain original is owed is told with it, and so is every other way of a print")
    func prints() async throws {
        try await withOutbox { outbox, _ in
            let sale = try await outbox.accepted(Fixture.sale("A"))
            let original = try #require(sale.original)
            let observer = Observer(outbox)
            try await outbox.move(original.seq, from: "front", to: "back")
            try await outbox.apply(.began, toPrint: original.seq)
            try await outbox.apply(.lostContact(reason: "x", at: Fixture.now), toPrint: original.seq)
            _ = try await outbox.cancelPrint(2, of: sale.id, at: Fixture.now)
            _ = try await outbox.requestPrint(.copy, of: sale.id, on: "front", at: Fixture.now)
            let told = observer.changes.map { change in
                guard case .print(sale.id, let print, sale.receivedAt) = change else { return "\(change)" }
                return "\(print.id) \(print.machine.mark) \(print.machine.state) \(print.printer)"
            }
            #expect(
                told == [
                    "1 none queued back", "1 none printing back", "1 none uncertain back", "2 reprint queued back",
                    "2 reprint cancelled back", "3 copy queued front",
                ])
        }
    }

    @Test("nothing is told of a write that was rolled back")
    func rolledBack() async throws {
        try await withOutbox { outbox, _ in
            let observer = Observer(outbox)
            let error = await #expect(throws: OutboxError.self) {
                try await outbox.write { _, log in
                    log.note(.account(.slime, .up))
                    throw OutboxError(.conflict, "after all, no")
                }
            }
            #expect(error?.code == .conflict)
            let sale = try await outbox.accepted(Fixture.sale("A"))
            #expect(observer.changes == [.accepted(sale)])
        }
    }
}
