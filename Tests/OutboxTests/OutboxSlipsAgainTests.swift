import Foundation
import GRDB
import Journey
import Sales
import Synchronization
import TestOutbox
import Testing

@testable import Outbox

/// Slips that are handed in again.
@Suite struct OutboxSlipsAgainTests {
    @Test("a slip for no sale that is handed in again is the same: it is kept, read and judged once")
    func noSale() async throws {
        try await withOutbox { outbox, _ in
            let first = try await outbox.taken(SlipFixture.slip(1, amount: 12_000))
            #expect(try await outbox.take(SlipFixture.slip(1, amount: 12_000), atMost: 1) == .same(first))
            #expect(try await outbox.slip(sameAs: SlipFixture.slip(1, amount: 12_000)) == first)
            #expect(try await outbox.pendingCount(of: SlipFixture.service, atMost: 9) == 1)
            let read = try await outbox.read(first, as: SlipFixture.reading())
            #expect(read.state == .matched)
            #expect(try await outbox.take(SlipFixture.slip(1, amount: 12_000), atMost: 9) == .same(read))
            for other in [
                try SlipFixture.slip(1, amount: 11_999), try SlipFixture.slip(1, amount: 12_000, at: "POS-02"),
                try SlipFixture.slip(2, amount: 12_000),
            ] {
                #expect(try await outbox.slip(sameAs: other) == nil)
                #expect(try await outbox.taken(other).id != first.id)
            }
            var nowhere = try SlipFixture.slip(3, amount: 12_000)
            nowhere.terminal = nil
            let record = try await outbox.taken(nowhere)
            #expect(try await outbox.take(nowhere, atMost: 9) == .same(record))
            #expect(try await outbox.figures().incidents.isEmpty)
        }
    }

    @Test("a slip for no sale becomes the sale's for which it is handed in next, and is not read again")
    func named() async throws {
        try await withOutbox { outbox, _ in
            for id in ["A", "B"] { _ = try await outbox.accepted(Fixture.sale(id)) }
            let slip = try await outbox.taken(SlipFixture.slip(1, amount: 9_900))
            #expect(try await outbox.read(slip, as: SlipFixture.reading()).state == .differs)
            guard case .same(let named) = try await outbox.take(SlipFixture.slip(1, for: "A"), atMost: 9) else {
                throw FixtureError()
            }
            #expect(named.id == slip.id && named.sale?.text == "A" && named.bound)
            #expect(named.expected == Money(satang: 12_000) && named.state == .matched && named.differences.isEmpty)
            #expect(try await outbox.slips(of: Fixture.id("A")) == [named])
            #expect(try await outbox.take(SlipFixture.slip(1, for: "A"), atMost: 9) == .same(named))
            // It is a sale's now: for another one it was seen before.
            let other = try await outbox.taken(SlipFixture.slip(1, for: "B"))
            #expect(
                try await outbox.read(other, as: SlipFixture.reading()).differences
                    == [SlipDifference(.seenBefore, expected: "", found: "A")])
        }
    }

    @Test("a slip for no sale that is handed in with a sale's id waits for that sale, and is compared once it is here")
    func namedEarly() async throws {
        try await withOutbox { outbox, _ in
            let slip = try await outbox.taken(SlipFixture.slip(1, amount: 9_900))
            guard
                case .same(let named) = try await outbox.take(
                    SlipFixture.slip(1, for: "A", amount: 12_000), atMost: 9)
            else { throw FixtureError() }
            #expect(named.id == slip.id && named.sale?.text == "A" && !named.bound)
            #expect(named.expected == Money(satang: 12_000) && named.state == .waiting)
            #expect(try await outbox.accepted(Fixture.sale("A")).slips.map(\.id) == [slip.id])
            #expect(try await outbox.read(slip, as: SlipFixture.reading()).state == .matched)
            await #expect {
                _ = try await outbox.take(SlipFixture.slip(1, for: "NONE"), atMost: 9)
            } throws: {
                ($0 as? OutboxError)?.code == .notFound
            }
        }
    }

    @Test("once an earlier slip has a sale, a later one of the same transfer was seen before")
    func laterOnes() async throws {
        try await withOutbox { outbox, _ in
            for id in ["A", "B"] { _ = try await outbox.accepted(Fixture.sale(id)) }
            let unnamed = try await outbox.taken(SlipFixture.slip(1, amount: 12_000))
            _ = try await outbox.read(unnamed, as: SlipFixture.reading())
            let later = try await outbox.taken(SlipFixture.slip(2, for: "B"))
            #expect(try await outbox.read(later, as: SlipFixture.reading()).state == .matched)
            _ = try await outbox.take(SlipFixture.slip(1, for: "A"), atMost: 9)
            #expect(try await outbox.slip(unnamed.id).state == .matched)
            #expect(
                try await outbox.slip(later.id).differences == [SlipDifference(.seenBefore, expected: "", found: "A")])
        }
    }

    @Test("on another day somebody shows the same image again: that is another slip")
    func anotherDay() async throws {
        try await withOutbox { outbox, _ in
            let first = try await outbox.taken(SlipFixture.slip(1, amount: 12_000))
            let next = try await outbox.taken(SlipFixture.slip(1, amount: 12_000, shownAfter: 86_400))
            #expect(next.id != first.id)
            let again = try SlipFixture.slip(1, amount: 12_000, shownAfter: 86_400)
            #expect(try await outbox.take(again, atMost: 9) == .same(next))
        }
    }

    @Test("once a slip has a sale, another one of its image for no sale was seen before, whichever is read first")
    func sameImageLater() async throws {
        try await withOutbox { outbox, _ in
            _ = try await outbox.accepted(Fixture.sale("A"))
            _ = try await outbox.taken(SlipFixture.slip(1, amount: 12_000))
            let (one, two) = (
                try await outbox.taken(SlipFixture.slip(1, amount: 11_900)),
                try await outbox.taken(SlipFixture.slip(1, amount: 11_800))
            )
            #expect(try await outbox.read(one, as: SlipFixture.reading("119.00", from: nil)).state == .matched)
            _ = try await outbox.take(SlipFixture.slip(1, for: "A"), atMost: 9)
            let seen = [SlipDifference(.seenBefore, expected: "", found: "A")]
            #expect(try await outbox.slip(one.id).differences == seen)
            #expect(try await outbox.read(two, as: SlipFixture.reading("118.00", from: nil)).differences == seen)
            #expect(try await outbox.figures().incidents.map(\.count) == [2])
        }
    }

    @Test(
        "the image of another sale's slip, and the same transfer, were seen before; a slip for no sale is not another's"
    )
    func seenBefore() async throws {
        try await withOutbox { outbox, _ in
            for id in ["A", "B", "C", "D"] { _ = try await outbox.accepted(Fixture.sale(id)) }
            let first = try await outbox.taken(SlipFixture.slip(1, for: "A"))
            #expect(try await outbox.read(first, as: SlipFixture.reading()).state == .matched)
            // A second photograph for the same sale is no other.
            let second = try await outbox.taken(SlipFixture.slip(4, for: "A"))
            #expect(try await outbox.read(second, as: SlipFixture.reading()).state == .matched)
            // The same image, whatever is read of it.
            let image = try await outbox.taken(SlipFixture.slip(1, for: "B"))
            let seen = try await outbox.read(image, as: SlipFixture.reading(date: "2026-11-19", from: nil))
            #expect(seen.differences == [SlipDifference(.seenBefore, expected: "", found: "A")])
            // Another photograph of the same slip.
            let photograph = try await outbox.taken(SlipFixture.slip(2, for: "C"))
            #expect(
                try await outbox.read(photograph, as: SlipFixture.reading()).differences
                    == [SlipDifference(.seenBefore, expected: "", found: "A")])
            // The same customer pays the same sum again, at another time.
            let later = try await outbox.taken(SlipFixture.slip(3, for: "D"))
            #expect(try await outbox.read(later, as: SlipFixture.reading(date: "2026-11-20 18:30")).state == .matched)
            let unnamed = try await outbox.taken(SlipFixture.slip(5, amount: 12_000))
            #expect(try await outbox.read(unnamed, as: SlipFixture.reading(from: "1", to: "2")).state == .matched)
            // For another amount it is another slip; there is no sale that it was seen for.
            let again = try await outbox.taken(SlipFixture.slip(5, amount: 9_000))
            #expect(
                try await outbox.read(again, as: SlipFixture.reading("90.00", from: "1", to: "2")).state == .matched)
            // One for no sale that shows a sale's slip was seen for that.
            let copy = try await outbox.taken(SlipFixture.slip(1, amount: 12_000))
            #expect(
                try await outbox.read(copy, as: SlipFixture.reading()).differences
                    == [SlipDifference(.seenBefore, expected: "", found: "A")])
        }
    }

    @Test("of two slips of one transfer the later was seen before, whichever is read first")
    func readInOtherOrder() async throws {
        try await withOutbox { outbox, _ in
            for id in ["A", "B"] { _ = try await outbox.accepted(Fixture.sale(id)) }
            let first = try await outbox.taken(SlipFixture.slip(1, for: "A"))
            let second = try await outbox.taken(SlipFixture.slip(2, for: "B"))
            #expect(try await outbox.read(second, as: SlipFixture.reading()).state == .matched)
            #expect(try await outbox.read(first, as: SlipFixture.reading()).state == .matched)
            #expect(
                try await outbox.slip(second.id).differences == [SlipDifference(.seenBefore, expected: "", found: "A")])
            #expect(try await outbox.figures().incidents.map(\.count) == [1])
        }
    }

    private final class Statements: Sendable {
        private let lines = Mutex<[String]>([])

        var all: [String] { lines.withLock(\.self) }

        func follow(_ outbox: Outbox) async throws {
            try await outbox.write { db, _ in db.trace { line in self.lines.withLock { $0.append("\(line)") } } }
        }
    }

    @Test("a sale is read before the commit, and not at all for a slip that is known or one too many")
    func reading() async throws {
        try await withOutbox { outbox, _ in
            _ = try await outbox.accepted(Fixture.sale("A"))
            _ = try await outbox.taken(SlipFixture.slip(1, for: "A"))
            let statements = Statements()
            try await statements.follow(outbox)
            _ = try await outbox.take(SlipFixture.slip(1, for: "A"), atMost: 9)
            #expect(!statements.all.contains { $0.contains("event FROM sale") })
            _ = try await outbox.taken(SlipFixture.slip(2, for: "A"))
            let lines = statements.all
            let reading = try #require(lines.firstIndex { $0.contains("event FROM sale") })
            let commit = try #require(lines.lastIndex { $0.hasPrefix("BEGIN") })
            #expect(reading < commit && lines.count { $0.contains("event FROM sale") } == 1)
            for image in 3...Outbox.maximumSlipsOfSale {
                _ = try await outbox.taken(SlipFixture.slip(UInt8(image), for: "A"))
            }
            let before = statements.all.count
            await #expect(throws: OutboxError.self) { try await outbox.taken(SlipFixture.slip(99, for: "A")) }
            #expect(!statements.all.dropFirst(before).contains { $0.contains("event FROM sale") })
        }
    }
}
