import Foundation
import GRDB
import Journey
import Sales
import TestOutbox
import Testing

@testable import Outbox

@Suite struct OutboxSlipsTests {
    private static let failure = Failure(code: "Reader::Unanswered", message: "no answer", at: Fixture.now)

    @Test("a slip for a sale is kept with what it has to show, and is shown with its sale")
    func kept() async throws {
        try await withOutbox { outbox, _ in
            _ = try await outbox.accepted(Fixture.sale("A"))
            let slip = try await outbox.taken(SlipFixture.slip(1, for: "A"))
            #expect(slip.state == .waiting && slip.expected == Money(satang: 12_000) && slip.bound)
            #expect(slip.sale?.text == "A" && slip.terminal == "POS-01" && slip.image == "\(slip.id).jpg")
            #expect(slip.nextAttemptAt == Fixture.now && slip.reading == nil && !slip.imageRemoved)
            #expect(try await outbox.slip(slip.id) == slip)
            #expect(try await outbox.slips(of: Fixture.id("A")) == [slip])
            #expect(try await outbox.sale(Fixture.id("A")).slips == [slip])
            #expect(try await outbox.pendingCount(of: SlipFixture.service, atMost: 9) == 1)
            let job = try #require(
                try await outbox.beginJobs(of: SlipFixture.service, at: Fixture.now, within: JobLimits(all: 1)).first)
            #expect(job.kind == .slip && job.key == slip.id.text && job.sale == nil)
            #expect(
                String(decoding: job.request, as: UTF8.self)
                    == #"{"image":"\#(slip.id).jpg","media":"image/jpeg"}"#)
        }
    }

    @Test("the same image for the same sale is the same slip, and for another one it is not")
    func same() async throws {
        try await withOutbox { outbox, _ in
            for id in ["A", "B"] { _ = try await outbox.accepted(Fixture.sale(id)) }
            let first = try await outbox.taken(SlipFixture.slip(1, for: "A"))
            #expect(try await outbox.take(SlipFixture.slip(1, for: "A"), atMost: 9) == .same(first))
            #expect(try await outbox.slip(sameAs: SlipFixture.slip(1, for: "A")) == first)
            #expect(try await outbox.slip(sameAs: SlipFixture.slip(1, for: "B")) == nil)
            #expect(try await outbox.hasSale(Fixture.id("A")))
            #expect(try await !outbox.hasSale(Fixture.id("C")))
            #expect(try await outbox.taken(SlipFixture.slip(1, for: "B")).id != first.id)
            #expect(try await outbox.taken(SlipFixture.slip(2, for: "A")).id != first.id)
            #expect(try await outbox.slips(limit: 9).count == 3)
        }
    }

    @Test("a slip for a sale that is not here is kept only if somebody says the amount")
    func unknownSale() async throws {
        try await withOutbox { outbox, _ in
            await #expect {
                try await outbox.taken(SlipFixture.slip(1, for: "NONE"))
            } throws: {
                ($0 as? OutboxError)?.code == .notFound
            }
            await #expect(throws: OutboxError.self) { try await outbox.taken(SlipFixture.slip(1)) }
            #expect(try await outbox.slips(limit: 9).isEmpty)
            #expect(try await outbox.pendingCount(of: SlipFixture.service, atMost: 9) == 0)
            let slip = try await outbox.taken(SlipFixture.slip(1, for: "LATER", amount: 5_000))
            #expect(slip.expected == Money(satang: 5_000) && !slip.bound && slip.sale?.text == "LATER")
        }
    }

    @Test("no more are kept than may wait, nor more for one sale than anybody pays with")
    func bounds() async throws {
        try await withOutbox { outbox, _ in
            _ = try await outbox.accepted(Fixture.sale("A"))
            for image in 1...Outbox.maximumSlipsOfSale {
                _ = try await outbox.taken(SlipFixture.slip(UInt8(image), for: "A"))
            }
            await #expect {
                try await outbox.taken(SlipFixture.slip(99, for: "A"))
            } throws: {
                ($0 as? OutboxError)?.code == .conflict
            }
            await #expect {
                _ = try await outbox.take(
                    SlipFixture.slip(99, amount: 1), atMost: Outbox.maximumSlipsOfSale)
            } throws: {
                ($0 as? OutboxError)?.code == .busy
            }
            _ = try await outbox.take(SlipFixture.slip(99, amount: 1), atMost: Outbox.maximumSlipsOfSale + 1)
        }
    }

    @Test("a slip goes from waiting to reading, and its verdict is written with the end of its job")
    func verdict() async throws {
        try await withOutbox { outbox, _ in
            _ = try await outbox.accepted(Fixture.sale("A"))
            let slip = try await outbox.taken(SlipFixture.slip(1, for: "A"))
            try await outbox.apply(
                [.attemptBegan, .prepared(remoteID: "U-1", at: Fixture.now)], toJob: slip.seq, at: Fixture.now)
            #expect(try await outbox.slip(slip.id).state == .waiting)
            try await outbox.apply([.attemptBegan, .begun(remoteID: "J-1")], toJob: slip.seq, at: Fixture.now)
            #expect(try await outbox.slip(slip.id).state == .reading)
            try await outbox.apply(
                [.done(result: nil)], toJob: slip.seq, finding: SlipFinding(SlipFixture.reading(), credits: 2),
                at: Fixture.now)
            let read = try await outbox.slip(slip.id)
            #expect(read.state == .matched && read.reading == SlipFixture.reading() && read.credits == 2)
            #expect(read.differences.isEmpty && !read.mayBeCharged && read.nextAttemptAt == nil)
            #expect(try await outbox.figures().incidents.isEmpty)
        }
    }

    @Test("a slip that differs is an incident, once, that names no account")
    func differs() async throws {
        try await withOutbox { outbox, _ in
            _ = try await outbox.accepted(Fixture.sale("A"))
            let slip = try await outbox.taken(SlipFixture.slip(1, for: "A"))
            let read = try await outbox.read(slip, as: SlipFixture.reading("102.00"))
            #expect(read.state == .differs)
            #expect(read.differences == [SlipDifference(.amount, expected: "120.00", found: "102.00")])
            let incident = try #require(try await outbox.figures().incidents.first)
            #expect(incident.code == Incident.slipDiffers && incident.count == 1)
            #expect(incident.reason == "the slip for the sale A differs in amount")
        }
    }

    @Test("a day that nobody can read differs and is no incident, until something else differs as well")
    func unreadDay() async throws {
        try await withOutbox { outbox, _ in
            let slip = try await outbox.taken(SlipFixture.slip(1, for: "A", amount: 10_200))
            let read = try await outbox.read(slip, as: SlipFixture.reading("102.00", date: "20 Novembre"))
            #expect(read.state == .differs && read.differences.map(\.found) == ["20 Novembre"])
            #expect(try await outbox.figures().incidents.isEmpty)
            _ = try await outbox.accepted(Fixture.sale("A"))
            #expect(try await outbox.slip(slip.id).differences.map(\.check) == [.amount, .date])
            #expect(try await outbox.figures().incidents.map(\.count) == [1])
        }
    }

    @Test(
        "what has no amount, and what the service takes for no image, is unreadable; other refusals failed",
        arguments: [("Reader::400", SlipState.unreadable), ("Reader::413", .unreadable), ("Reader::NoResult", .failed)])
    func refused(code: String, state: SlipState) async throws {
        try await withOutbox { outbox, _ in
            let slip = try await outbox.taken(SlipFixture.slip(1, amount: 100))
            let failure = Failure(code: code, message: "no", at: Fixture.now)
            try await outbox.apply([.attemptBegan, .rejected(failure)], toJob: slip.seq, at: Fixture.now)
            let refused = try await outbox.slip(slip.id)
            #expect(refused.state == state && refused.lastError?.code == code && refused.reading == nil)
            let other = try await outbox.taken(SlipFixture.slip(2, amount: 100))
            let empty = try await outbox.read(other, as: SlipReading())
            #expect(empty.state == .unreadable && empty.reading == nil && empty.differences.isEmpty)
            let partly = try await outbox.taken(SlipFixture.slip(3, amount: 100))
            #expect(try await outbox.read(partly, as: SlipFixture.reading(nil)).state == .unreadable)
            #expect(try await outbox.figures().incidents.isEmpty)
        }
    }

    @Test(
        "a slip that came before its sale is the sale's once that comes, and is compared with it",
        arguments: [true, false])
    func bound(isReadBefore: Bool) async throws {
        try await withOutbox { outbox, _ in
            let slip = try await outbox.taken(SlipFixture.slip(1, for: "A", amount: 9_900))
            let other = try await outbox.taken(SlipFixture.slip(2, for: "B", amount: 9_900))
            if isReadBefore {
                #expect(try await outbox.read(slip, as: SlipFixture.reading("99.00")).state == .matched)
            }
            let event = try Fixture.event(
                "A",
                extra: #","receipt":{"payments":[{"method":"Transfer","amount":"70"},{"method":"cash","amount":"50"}]}"#
            )
            let sale = try await outbox.accepted(Fixture.sale(event, request: [1], printer: nil))
            let shown = try await outbox.sale(Fixture.id("A"))
            #expect(sale == shown)
            let bound = try #require(sale.slips.first)
            #expect(
                sale.slips.count == 1 && bound.id == slip.id && bound.bound && bound.expected == Money(satang: 7_000))
            if isReadBefore {
                #expect(bound.differences == [SlipDifference(.amount, expected: "70.00", found: "99.00")])
            } else {
                #expect(try await outbox.read(slip, as: SlipFixture.reading("70.00")).state == .matched)
            }
            #expect(try await !outbox.slip(other.id).bound)
        }
    }

    @Test("a reading that is asked for a second time, and one that is lost, may be charged twice, over a kill as well")
    func mayBeCharged() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            var outbox = try Outbox(path: path)
            let slip = try await outbox.taken(SlipFixture.slip(1, amount: 100))
            let lost = try await outbox.taken(SlipFixture.slip(2, amount: 100))
            try await outbox.apply(
                [.attemptBegan, .prepared(remoteID: "U-1", at: Fixture.now)], toJob: slip.seq, at: Fixture.now)
            try await outbox.apply(
                [
                    .attemptBegan, .deferred(Self.failure, until: Fixture.now, mayHaveActed: true), .attemptBegan,
                    .absent(Self.failure, until: Fixture.now), .attemptBegan, .absent(Self.failure, until: Fixture.now),
                ], toJob: slip.seq, at: Fixture.now)
            #expect(try await !outbox.slip(slip.id).mayBeCharged)
            var limits = JobLimits(all: 1, excluding: [lost.seq])
            let repeated = try await outbox.beginJobs(of: SlipFixture.service, at: Fixture.now + 20, within: limits)
            #expect(repeated.first?.machine.search.permitsRepeat == true)
            try outbox.close()
            // It was killed in the second attempt that may have been charged.
            outbox = try Outbox(path: path)
            limits.excluding = [lost.seq]
            let after = try await outbox.beginJobs(of: SlipFixture.service, at: Fixture.now + 20, within: limits)
            #expect(after.first?.machine.search.repeats == 1)
            #expect(try await outbox.slip(slip.id).mayBeCharged)
            try await outbox.apply(
                [.attemptBegan, .begun(remoteID: "J-1"), .lost(Self.failure, at: Fixture.now)], toJob: lost.seq,
                at: Fixture.now)
            let again = try await outbox.slip(lost.id)
            #expect(again.mayBeCharged && again.state == .waiting && again.lastError?.code == Self.failure.code)
            try outbox.close()
        }
    }

    @Test("the list is newest first, by states and in pages")
    func list() async throws {
        try await withOutbox { outbox, _ in
            var slips: [SlipRecord] = []
            for image in 1...5 { slips.append(try await outbox.taken(SlipFixture.slip(UInt8(image), amount: 12_000))) }
            _ = try await outbox.read(slips[1], as: SlipFixture.reading())
            _ = try await outbox.read(slips[3], as: SlipFixture.reading("1", from: nil))
            #expect(try await outbox.slips(limit: 2).map(\.id) == [slips[4].id, slips[3].id])
            #expect(try await outbox.slips(before: slips[3].seq, limit: 2).map(\.id) == [slips[2].id, slips[1].id])
            #expect(try await outbox.slips(in: [.differs], limit: 9).map(\.id) == [slips[3].id])
            #expect(
                try await outbox.slips(in: [.matched, .differs], limit: 9).map(\.id) == [slips[3].id, slips[1].id])
            #expect(
                try await outbox.slips(in: [.waiting, .reading], before: slips[4].seq, limit: 9).map(\.id)
                    == [slips[2].id, slips[0].id])
            #expect(try await outbox.slips(in: [.failed], limit: 9).isEmpty)
        }
    }

    @Test(
        "what a reader of papers owes is owed to no sale: no provider is missing because of it",
        arguments: [ServiceName.scanlyIQ, .ocrInvoice])
    func owingServices(reader: ServiceName) async throws {
        try await withOutbox { outbox, _ in
            _ = try await outbox.taken(SlipFixture.slip(1, amount: 100, by: reader))
            #expect(try await outbox.owingServices().isEmpty)
            _ = try await outbox.accepted(Fixture.sale("A"))
            #expect(try await outbox.owingServices() == [.slime])
        }
    }

    @Test("whoever waits for a slip is woken by each step of it, and the reader of its job as well")
    func ticks() async throws {
        try await withOutbox { outbox, _ in
            let sale = try Fixture.id("A")
            let topics: [(SlipRecord) -> ChangeFeed.Topic] = [
                { .slip($0.id) }, { _ in .sale(sale) }, { _ in .jobs(of: SlipFixture.service) },
            ]
            for (image, topic) in topics.enumerated() {
                let slip = try await outbox.taken(SlipFixture.slip(UInt8(image), for: "A", amount: 100))
                let topic = topic(slip)
                var ticks = outbox.changes.ticks(of: topic).makeAsyncIterator()
                try await outbox.apply(
                    [.attemptBegan, .begun(remoteID: "J"), .lost(Self.failure, at: Fixture.now)], toJob: slip.seq,
                    at: Fixture.now)
                #expect(await ticks.next() != nil)
            }
        }
    }
}
