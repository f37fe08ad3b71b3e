import Foundation
import Journey
import Outbox
import Sales
import TestOutbox
import Testing

@Suite struct OutboxPrintsTests {
    private let url = "https://app.example/1"

    @Test("a paper waits for its link until the deadline, and not at all while none can come")
    func waiting() async throws {
        try await withOutbox { outbox, _ in
            let record = try await outbox.accepted(Fixture.sale("A"))
            let deadline = Fixture.now + 3
            #expect(
                try await outbox.nextPrint(on: "front", at: deadline - 0.1, longestWait: .seconds(8)) == nil)
            #expect(try await outbox.nextPrintDue(on: "front", after: Fixture.now) == deadline)
            #expect(try await outbox.nextPrint(on: "back", at: deadline, longestWait: .seconds(8)) == nil)
            #expect(try await outbox.nextPrint(on: "front", at: deadline, longestWait: .seconds(8))?.id == record.id)
            for (condition, isDue) in [(AccountState.Condition.down, true), (.held, true), (.up, false)] {
                try await outbox.setAccount(AccountState(condition: condition), of: .slime)
                let owed = try await outbox.nextPrint(on: "front", at: Fixture.now, longestWait: .seconds(8))
                #expect((owed != nil) == isDue, "\(condition)")
            }
            // Another service's trouble is none of this sale's.
            try await outbox.setAccount(AccountState(condition: .down), of: ServiceName(rawValue: "other"))
            #expect(try await outbox.nextPrint(on: "front", at: Fixture.now, longestWait: .seconds(8)) == nil)
            try await outbox.apply(
                [.attemptBegan, .begun(), .done(result: url)], toJob: record.registration.job, at: Fixture.now)
            let owed = try await outbox.nextPrint(on: "front", at: Fixture.now, longestWait: .seconds(8))
            #expect(owed?.registration.link == url)
            #expect(try owed?.kept.event == Fixture.event("A").canonicalBytes)
        }
    }

    @Test("a paper that waits for its link holds up none behind it")
    func overtaking() async throws {
        try await withOutbox { outbox, _ in
            _ = try await outbox.accepted(Fixture.sale("SLOW"))
            let quick = try await outbox.accepted(Fixture.sale("QUICK"))
            try await outbox.apply(
                [.attemptBegan, .begun(), .done(result: url)], toJob: quick.registration.job, at: Fixture.now)
            #expect(
                try await outbox.nextPrint(on: "front", at: Fixture.now, longestWait: .seconds(8))?
                    .id == quick.id)
        }
    }

    @Test("an original that a dead gateway was printing is uncertain and owed one marked reprint, never a second")
    func interrupted() async throws {
        try await withOutbox { outbox, _ in
            let record = try await outbox.accepted(Fixture.sale("A"))
            let original = try #require(record.original)
            try await outbox.apply(.began, toPrint: original.seq, withQR: true)
            #expect(try await outbox.settleInterruptedPrints(at: Fixture.now) == 1)
            var prints = try await outbox.sale(record.id).prints
            #expect(prints.map(\.machine.state) == [.uncertain, .queued])
            #expect(prints[1].machine.mark == .reprint)
            try await outbox.apply(.began, toPrint: prints[1].seq)
            #expect(try await outbox.settleInterruptedPrints(at: Fixture.now) == 1)
            prints = try await outbox.sale(record.id).prints
            #expect(prints.map(\.machine.state) == [.uncertain, .uncertain])
            #expect(try await outbox.settleInterruptedPrints(at: Fixture.now) == 0)
        }
    }

    @Test("while the original is not out a reprint moves it; afterwards copies are numbered")
    func reprint() async throws {
        try await withOutbox { outbox, _ in
            let record = try await outbox.accepted(Fixture.sale("A"))
            let moved = try await outbox.requestPrint(.copy, of: record.id, on: "back", at: Fixture.now)
            #expect(try await outbox.sale(record.id).prints == [moved])
            #expect(moved.printer == "back")
            #expect(moved.machine.isUnmarkedOriginal)
            try await outbox.apply(.began, toPrint: moved.seq, withQR: false)
            try await outbox.apply(.confirmed(.processID, at: Fixture.now), toPrint: moved.seq)
            for number in 1...2 {
                let copy = try await outbox.requestPrint(.copy, of: record.id, on: "front", at: Fixture.now)
                #expect(copy.copyNumber == number)
                #expect(copy.machine.mark == .copy)
                #expect(copy.printer == "front")
            }
            let error = await #expect(throws: OutboxError.self) {
                try await outbox.requestPrint(.qrSlip, of: record.id, on: "front", at: Fixture.now)
            }
            #expect(error?.code == .conflict)
        }
    }

    @Test("an original that was given up is queued again, unmarked, when staff ask for it")
    func requeued() async throws {
        try await withOutbox { outbox, _ in
            let record = try await outbox.accepted(Fixture.sale("A"))
            let original = try #require(record.original)
            try await outbox.apply(.failed(reason: "too old", at: Fixture.now), toPrint: original.seq)
            let again = try await outbox.requestPrint(
                .copy, of: record.id, on: "front", at: Fixture.now + 3_600)
            #expect(try await outbox.sale(record.id).prints == [again])
            #expect(again.machine.state == .queued)
            #expect(again.machine.isUnmarkedOriginal)
            #expect(again.requestedAt == Fixture.now + 3_600)
        }
    }

    @Test("a sale that is not to be printed has no paper until staff ask for a copy")
    func withoutPaper() async throws {
        try await withOutbox { outbox, _ in
            let record = try await outbox.accepted(Fixture.sale("A", printer: nil))
            #expect(record.prints.isEmpty)
            #expect(record.isOriginalSettled)
            let copy = try await outbox.requestPrint(.copy, of: record.id, on: "front", at: Fixture.now)
            #expect(copy.machine.mark == .copy)
            #expect(copy.printer == "front")
        }
    }

    @Test("prints of a printer that is no longer configured go to another")
    func rerouted() async throws {
        try await withOutbox { outbox, _ in
            let gone = try await outbox.accepted(Fixture.sale("A", printer: "attic"))
            let kept = try await outbox.accepted(Fixture.sale("B", printer: "back"))
            #expect(try await outbox.rerouteQueuedPrints(keeping: ["front", "back"], to: "front") == 1)
            #expect(try await outbox.sale(gone.id).original?.printer == "front")
            #expect(try await outbox.sale(kept.id).original?.printer == "back")
        }
    }

    @Test("a print is handed on once, and only while it is queued")
    func moved() async throws {
        try await withOutbox { outbox, _ in
            let record = try await outbox.accepted(Fixture.sale("A"))
            let original = try #require(record.original)
            try await outbox.move(original.seq, from: "front", to: "back")
            #expect(try await outbox.sale(record.id).original?.movedFrom == "front")
            #expect(try await outbox.queuedPrints() == ["back": 1])
            try await outbox.apply(.began, toPrint: original.seq)
            let error = await #expect(throws: OutboxError.self) {
                try await outbox.move(original.seq, from: "back", to: "front")
            }
            #expect(error?.code == .conflict)
            let reprint = try await outbox.apply(
                .lostContact(reason: "gone", at: Fixture.now), toPrint: original.seq, reprintOn: "front")
            #expect(reprint.machine.state == .uncertain)
            #expect(try await outbox.sale(record.id).prints.last?.movedFrom == "back")
        }
    }

    @Test("a printer that lost a print to another has no say in it any more")
    func sentElsewhere() async throws {
        try await withOutbox { outbox, _ in
            let record = try await outbox.accepted(Fixture.sale("A"))
            let original = try #require(record.original)
            _ = try await outbox.requestPrint(.copy, of: record.id, on: "back", at: Fixture.now)
            try await outbox.apply(.began, toPrint: original.seq, at: "back")
            for event in [PrintMachine.Event.returned(reason: "off"), .began] {
                let error = await #expect(throws: OutboxError.self) {
                    try await outbox.apply(event, toPrint: original.seq, at: "front")
                }
                #expect(error?.code == .conflict)
            }
            let error = await #expect(throws: OutboxError.self) {
                try await outbox.move(original.seq, from: "front", to: "other")
            }
            #expect(error?.code == .conflict)
            #expect(try await outbox.print(original.seq).machine.state == .printing)
            #expect(try await outbox.print(original.seq).printer == "back")
        }
    }
}
