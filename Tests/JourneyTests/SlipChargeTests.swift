import Foundation
import Sales
import Testing

@testable import Journey

@Suite struct SlipChargeTests {
    private static let now = Date(timeIntervalSince1970: 1_795_144_500)
    private static let failure = Failure(code: "Gateway::Unanswered", message: "no answer", at: now)

    /// Applies the events, and says after which of them the slip may have been charged twice.
    private func charges(_ events: [JobMachine.Event]) throws -> [Int] {
        var machine = JobMachine(dueAt: Self.now)
        var found: [Int] = []
        for (index, event) in events.enumerated() {
            let before = machine
            try machine.apply(event)
            if SlipCharge.mayBeDoubled(by: event, from: before, to: machine) { found.append(index) }
        }
        return found
    }

    private static let uploaded: [JobMachine.Event] = [.attemptBegan, .prepared(remoteID: "U-1", at: now)]
    private static let unanswered: [JobMachine.Event] = [
        .attemptBegan, .deferred(failure, until: now, mayHaveActed: true),
        .attemptBegan, .absent(failure, until: now), .attemptBegan, .absent(failure, until: now),
    ]

    @Test("a slip that is read at once, or uploaded again, is charged once")
    func once() throws {
        let read: [JobMachine.Event] = [.attemptBegan, .begun(remoteID: "J-1"), .done(result: nil)]
        #expect(try charges(Self.uploaded + read).isEmpty)
        #expect(try charges([.attemptBegan] + Self.uploaded + read).isEmpty)
        let tooOld: [JobMachine.Event] = [.attemptBegan, .lost(Self.failure, at: Self.now)]
        #expect(try charges(Self.uploaded + tooOld + Self.uploaded + read).isEmpty)
        #expect(try charges(Self.uploaded + Self.unanswered).isEmpty)
    }

    @Test(
        "a reading that is asked for again may be charged twice, however that ends",
        arguments: [
            [.attemptBegan, .begun(remoteID: "J-2")],
            [.attemptBegan, .deferred(failure, until: now, mayHaveActed: true)], [.attemptBegan, .attemptBegan],
            [.attemptBegan, .lost(failure, at: now)],
        ] as [[JobMachine.Event]])
    func repeated(end: [JobMachine.Event]) throws {
        let before = Self.uploaded + Self.unanswered
        #expect(try charges(before + end) == [before.count + end.count - 1])
        // The repeat that certainly reached nobody is none.
        let refused: [JobMachine.Event] = [
            .attemptBegan, .deferred(Self.failure, until: Self.now, mayHaveActed: false),
        ]
        #expect(try charges(before + refused).isEmpty)
    }

    @Test("a reading that is lost was charged")
    func lost() throws {
        let begun = Self.uploaded + [.attemptBegan, .begun(remoteID: "J-1")]
        #expect(try charges(begun + [.lost(Self.failure, at: Self.now)]) == [begun.count])
    }
}
