import Foundation
import Journey
import Outbox
import RemoteServices
import Sales
import Simulators
import Testing

/// What a job worker makes of a provider that cannot tell a repeat, and whose refusals no page explains.
@Suite(.timeLimit(.minutes(2))) struct BillgateJobTests {
    private func open(
        _ runs: (@Sendable (ServiceBench, BillgateSimulator) async throws -> Void)...
    ) async throws {
        try await ServiceBench.open(
            .billgate,
            runs.map { run in
                { bench in
                    guard let stage = bench.stage as? BillgateStage else { throw FixtureError() }
                    try await run(bench, stage.simulator)
                }
            })
    }

    @Test("three refusals in a row are the account's: the third sale waits, and all go on once it is corrected")
    func unexplainedRefusals() async throws {
        try await open { bench, billgate in
            await billgate.inject(.init(.refusal(status: 422, body: "{}"), operation: .createReceipt))
            for name in ["A", "B"] {
                let id = try await bench.accept(name)
                #expect(try await bench.registration(of: id) { $0.state != .pending }.state == .rejected)
            }
            let third = try await bench.accept("C")
            try await bench.condition(is: .held)
            #expect(try await bench.registration(of: third).state == .pending)
            await billgate.clearFaults()
            #expect(try await bench.registration(of: third) { $0.state != .pending }.state == .ready)
            try await bench.condition(is: .up)
        }
    }

    @Test("a success between refusals shows that they are the sales' own")
    func refusalsApart() async throws {
        try await open { bench, billgate in
            for (name, isRefused) in [("A", true), ("B", true), ("C", false), ("D", true)] {
                if isRefused {
                    await billgate.inject(.init(.refusal(status: 422, body: "{}"), operation: .createReceipt, times: 1))
                }
                let id = try await bench.accept(name)
                let state = try await bench.registration(of: id) { $0.state != .pending }.state
                #expect(state == (isRefused ? .rejected : .ready))
            }
            #expect(try await bench.outbox.account(of: .billgate).condition == .up)
        }
    }

    @Test(
        "a total that is a satang off is never printed, and one that says nothing is",
        arguments: [BillgateSimulator.Leeway.Total.satangMore, .zero])
    func total(total: BillgateSimulator.Leeway.Total) async throws {
        try await open { bench, billgate in
            var leeway = BillgateSimulator.Leeway()
            leeway.total = total
            try await billgate.setLeeway(leeway)
            let id = try await bench.accept("A")
            let registration = try await bench.registration(of: id) { $0.state != .pending }
            let incidents = try await bench.outbox.figures().incidents.map(\.code)
            if total == .zero {
                #expect(registration.state == .ready && incidents.isEmpty)
            } else {
                #expect(registration.lastError?.code == "Billgate::TotalDiffers" && registration.link == nil)
                #expect(registration.state == .rejected && incidents == ["total-differs"])
            }
        }
    }

    @Test(
        "an answer that is lost is looked for, and the sale has one document though lists are late",
        arguments: BillgateSimulator.Leeway.ListOrder.allCases, [0, 30])
    func lateLists(order: BillgateSimulator.Leeway.ListOrder, lag: Int) async throws {
        try await open { bench, billgate in
            var leeway = BillgateSimulator.Leeway()
            leeway.listOrder = order
            // The simulator's clock is the machine's: such a list shows nothing within the test, unless its clock is turned.
            leeway.listLag = .seconds(lag)
            try await billgate.setLeeway(leeway)
            await billgate.addForeignDocuments(130)
            await billgate.inject(.init(.loseAnswerAfterActing, operation: .createReceipt, times: 1))
            let id = try await bench.accept("A")
            if lag > 0 {
                _ = try await bench.registration(of: id) { $0.machine.search.absences == 1 }
                await billgate.advanceClock(by: .seconds(lag))
            }
            #expect(try await bench.registration(of: id) { $0.state != .pending }.state == .ready)
            #expect(await billgate.documentsByNumber(.receipt) == ["A": 1])
        }
    }

    @Test("an attempt that was killed is left alone for a while, then looked for and not made again")
    func killed() async throws {
        try await open(
            { bench, billgate in
                await billgate.inject(.init(.slow(.seconds(8)), operation: .createReceipt, times: 1))
                _ = try await bench.accept("A")
                try await bench.stage.waitForBegins(1)
            },
            { bench, billgate in
                await billgate.clearFaults()
                let id = try #require(TransactionID("A"))
                let registration = try await bench.registration(of: id) { $0.state != .pending }
                #expect(registration.state == .ready)
                #expect(await billgate.documentsByNumber(.receipt) == ["A": 1])
                let operations = await billgate.calls().map(\.operation)
                #expect(operations == [.createReceipt, .listReceipts, .getReceiptById])
            })
    }

    @Test(
        "a document that never shows is sent four times at most, and then a person has to say",
        arguments: [false, true])
    func neverShown(isMade: Bool) async throws {
        try await open { bench, billgate in
            let kind: BillgateSimulator.Fault.Kind = isMade ? .loseAnswerAfterActing : .loseAnswerBeforeActing
            var leeway = BillgateSimulator.Leeway()
            leeway.listLag = .seconds(1_000_000)
            try await billgate.setLeeway(leeway)
            await billgate.inject(.init(kind, operation: .createReceipt))
            let id = try await bench.accept("A")
            let registration = try await bench.registration(of: id) { $0.state != .pending }
            #expect(registration.state == .rejected && registration.lastError?.code == "Gateway::OutcomeUnknown")
            #expect(await billgate.calls().count { $0.operation == .createReceipt } == 4)
        }
    }
}
