import Foundation
import Journey
import Outbox
import Sales
import Synchronization
import TestOutbox
import Testing

@Suite struct OutboxBillingTests {
    private static let service = ServiceName.billgate

    private let now = Fixture.now

    private func new(_ key: String = "INV-1", verb: String = "bills add") -> NewBillingCall {
        NewBillingCall(service: Self.service, verb: verb, key: key, request: Array(#"{"number":"INV-1"}"#.utf8))
    }

    private func unresolved(_ call: NewBillingCall, in outbox: Outbox) async throws -> BillingCallRecord? {
        try await outbox.unresolvedCall(of: call.service, verb: call.verb, key: call.key)
    }

    @Test("a call that was begun is unresolved until its end is known, also for the next run")
    func unresolved() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            var outbox = try Outbox(path: path)
            let seq = try await outbox.begin(new(), at: now)
            try outbox.close()
            outbox = try Outbox(path: path)
            let open = try #require(try await unresolved(new(), in: outbox))
            #expect(open.seq == seq && open.state == .open && open.calledAt == now && open.endedAt == nil)
            #expect(try await unresolved(new("INV-2"), in: outbox) == nil)
            #expect(try await unresolved(new(verb: "bills remove"), in: outbox) == nil)
            try await outbox.end(seq, .unknown(code: "Gateway::Unanswered"), at: now + 1)
            #expect(try await unresolved(new(), in: outbox)?.errorCode == "Gateway::Unanswered")
            #expect(try await outbox.notFound(seq, at: now + 20).looks == 1)
            #expect(try await unresolved(new(), in: outbox)?.lookedAt == now + 20)
            try outbox.close()
        }
    }

    @Test("a refusal ends its own call, and a success also the earlier ones about the same thing")
    func ends() async throws {
        try await withOutbox { outbox, _ in
            let first = try await outbox.begin(new(), at: now)
            try await outbox.end(first, .unknown(code: "Gateway::Unanswered"), at: now)
            let second = try await outbox.begin(new(), at: now + 60)
            try await outbox.end(second, .refused(code: "Billgate::400"), at: now + 60)
            #expect(try await unresolved(new(), in: outbox)?.seq == first)
            let third = try await outbox.begin(new(), at: now + 90)
            let done = try await outbox.end(third, .done(id: "abc"), at: now + 91)
            #expect(done.state == .done && done.answerID == "abc" && done.endedAt == now + 91)
            #expect(try await unresolved(new(), in: outbox) == nil)
            let calls = try await outbox.billingCalls(before: nil, limit: 10)
            #expect(calls.map(\.state) == [.done, .refused, .done])
            #expect(calls.map(\.answerID) == ["abc", nil, "abc"])
            #expect(try await outbox.billingCalls(before: third, limit: 1).map(\.seq) == [second])
        }
    }

    @Test("a bill is kept with the call that made it, and told of once for each change")
    func bills() async throws {
        try await withOutbox { outbox, _ in
            let told = Mutex<[BillRecord]>([])
            outbox.changes.observe { changes in
                for case .bill(let bill) in changes { told.withLock { $0.append(bill) } }
            }
            let seq = try await outbox.begin(new(), at: now)
            func bill(_ status: String, isOpen: Bool = true) -> BillRecord {
                BillRecord(id: "abc", service: Self.service, number: "INV-1", status: status, isOpen: isOpen)
            }
            try await outbox.end(seq, .done(id: "abc", bill: bill("created")), at: now)
            #expect(try await outbox.oldestPolledBill(of: Self.service)?.polledAt == .distantPast)
            #expect(try await outbox.oldestPolledBill(of: .slime) == nil)
            try await outbox.keep(bill("created"), polledAt: now + 1)
            try await outbox.keep(bill("pending_approval"), polledAt: now + 2)
            #expect(try await outbox.oldestPolledBill(of: Self.service)?.polledAt == now + 2)
            try await outbox.keep(bill("paid", isOpen: false), polledAt: now + 3)
            #expect(try await outbox.oldestPolledBill(of: Self.service) == nil)
            #expect(told.withLock { $0.map(\.status) } == ["created", "pending_approval", "paid"])
        }
    }

    @Test("the bill that waits longest comes first, and one that is never shown is given up")
    func order() async throws {
        try await withOutbox { outbox, _ in
            for (id, time) in [("a", now + 2), ("b", now + 1)] {
                try await outbox.keep(
                    BillRecord(id: id, service: Self.service, number: id, status: "created"), polledAt: time)
            }
            #expect(try await outbox.oldestPolledBill(of: Self.service)?.bill.id == "b")
            try await outbox.putOff("b", at: now + 3)
            #expect(try await outbox.oldestPolledBill(of: Self.service)?.bill.id == "a")
            try await outbox.missed("a", atMost: 2, status: "gone", at: now + 4)
            #expect(try await outbox.bill("a")?.isOpen == true)
            try await outbox.keep(
                BillRecord(id: "a", service: Self.service, number: "a", status: "created"), polledAt: now + 5)
            for second in 6...7 { try await outbox.missed("a", atMost: 2, status: "gone", at: now + Double(second)) }
            let gone = try #require(try await outbox.bill("a"))
            #expect(gone.status == "gone" && !gone.isOpen)
        }
    }
}
