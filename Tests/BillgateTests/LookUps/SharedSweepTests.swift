import JSON
import Sales
import Synchronization
import Testing

@testable import Billgate

@Suite(.timeLimit(.minutes(1))) struct SharedSweepTests {
    /// A list whose pages come when they are let through.
    private final class Gate: Sendable {
        let reads = Mutex<[SharedSweep.List]>([])
        private let (passes, pass) = AsyncStream<Void>.makeStream()
        let error: BillgateError?

        init(error: BillgateError? = nil) { self.error = error }

        func open(_ count: Int = 1) { for _ in 0..<count { pass.yield() } }

        func sweep() -> SharedSweep {
            SharedSweep(limit: 50) { list, _, _ async throws(BillgateError) in
                self.reads.withLock { $0.append(list) }
                for await _ in self.passes { break }
                if Task.isCancelled { throw BillgateError(.unanswered, "") }
                if let error = self.error { throw error }
                return DocumentPage(documents: [], total: 0, hasNext: false)
            }
        }
    }

    private func until(_ condition: () async -> Bool) async {
        while await !condition() { await Task.yield() }
    }

    private func bill(_ day: String) throws -> WantedDocument {
        let body = #"{"number":"B","issue_date":"\#(day)","customer":{},"items":[]}"#
        return try #require(WantedDocument(Array(body.utf8), kind: .invoice))
    }

    @Test("looks that wait are answered by one reading, which is not the one that was under way")
    func shared() async throws {
        let gate = Gate()
        let sweep = gate.sweep()
        let wanted = try (1...6).map { try DocumentSearchTests.wanted("W-\($0)") }
        try await withThrowingTaskGroup(of: SharedSweep.Answer.self) { group in
            group.addTask { await sweep.find(wanted[0]) }
            await until { gate.reads.withLock(\.count) == 1 }
            for each in wanted.dropFirst() { group.addTask { await sweep.find(each) } }
            await until { await sweep.waitingCount == 5 }
            gate.open(2)
            for try await answer in group { #expect(answer == .success(.absent)) }
        }
        #expect(gate.reads.withLock(\.count) == 2)
    }

    @Test("lists are read one after another, and bills by their day")
    func lists() async throws {
        let gate = Gate()
        let sweep = gate.sweep()
        let bills = [try bill("2026-11-20"), try bill("2026-11-21"), try bill("2026-11-20")]
        await withTaskGroup(of: Void.self) { group in
            for each in bills { group.addTask { _ = await sweep.find(each) } }
            // One of the first day's may have begun its own reading before the other came.
            await until { await sweep.askingCount == 3 }
            #expect(gate.reads.withLock(\.count) <= 1)
            gate.open(3)
        }
        let days = gate.reads.withLock { $0.compactMap(\.day?.text) }
        #expect(Set(days) == ["2026-11-20", "2026-11-21"] && (2...3).contains(days.count))
    }

    @Test("a look that is stopped leaves the others to one of themselves")
    func stopped() async throws {
        let gate = Gate()
        let sweep = gate.sweep()
        let wanted = try (1...3).map { try DocumentSearchTests.wanted("W-\($0)") }
        await withTaskGroup(of: Void.self) { others in
            others.addTask { #expect(await sweep.find(wanted[0]) == .success(.absent)) }
            await until { gate.reads.withLock(\.count) == 1 }
            await withTaskGroup(of: SharedSweep.Answer.self) { stopped in
                stopped.addTask { await sweep.find(wanted[1]) }
                await until { await sweep.waitingCount == 1 }
                others.addTask { #expect(await sweep.find(wanted[2]) == .success(.absent)) }
                await until { await sweep.waitingCount == 2 }
                gate.open()
                await until { gate.reads.withLock(\.count) == 2 }
                stopped.cancelAll()
                for await answer in stopped {
                    if case .success = answer { Issue.record("expected a failure, found \(answer)") }
                }
            }
        }
        #expect(gate.reads.withLock(\.count) == 3)
    }

    @Test("a list that cannot be made out needs a person after a while, and a service that is away does not")
    func patience() async throws {
        let wanted = try DocumentSearchTests.wanted()
        for (kind, isHopeless) in [(BillgateError.Kind.unintelligible, true), (.unanswered, false)] {
            let gate = Gate(error: BillgateError(kind, ""))
            let sweep = gate.sweep()
            gate.open(5)
            for _ in 0..<5 {
                #expect(await !sweep.isHopeless(wanted))
                _ = await sweep.find(wanted)
            }
            #expect(await sweep.isHopeless(wanted) == isHopeless)
        }
    }
}
