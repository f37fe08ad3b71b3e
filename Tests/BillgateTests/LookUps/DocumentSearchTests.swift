import Foundation
import JSON
import Sales
import Synchronization
import Testing

@testable import Billgate

@Suite struct DocumentSearchTests {
    static func wanted(_ id: String = "W-1") throws -> WantedDocument {
        guard
            let wanted = WantedDocument(
                RegistrationRequest(try Fixture.event(id), under: Fixture.terms).bytes, kind: .receipt)
        else { throw FixtureError() }
        return wanted
    }

    static func document(_ number: String, day: String = "2026-11-20") throws -> ListedDocument {
        ListedDocument(
            try Fixture.object(
                """
                {"id":"id of \(number)","number":"\(number)","name":"\(number)","issue_date":"\(day)",
                "customer":{"name":"ลูกค้าทั่วไป","tax_number":"0000000000000"}}
                """))
    }

    /// Others' documents, 40 a day, the newest first; the newest day is the sale's.
    static func others(_ count: Int, number: (Int) -> String = { "other \($0)" }) throws -> [ListedDocument] {
        let newest = try #require(BangkokDay("2026-11-20")).number
        return try (0..<count).map { index in
            let day = BangkokDay(of: Date(timeIntervalSince1970: Double(newest - index / 40) * 86_400))
            return try document(number(index), day: day.text)
        }
    }

    @Test(
        "a document is found wherever it stands in a list that is read as a whole", arguments: [0, 99, 100, 250, 499])
    func found(place: Int) async throws {
        var entries = try Self.others(499)
        entries.insert(try Self.document("W-1"), at: place)
        #expect(try await PagedList(entries).find(Self.wanted()) == .found("id of W-1"))
    }

    @Test(
        "it is absent from a list that was read as a whole, and such a list is read once",
        arguments: [0, 1, 100, 101, 5_000])
    func absent(count: Int) async throws {
        let list = PagedList(try Self.others(count))
        #expect(try await list.find(Self.wanted()) == .absent)
        // Pages overlap by one, and a full page is followed.
        #expect(list.reads.withLock(\.count) == max(1, (count + 98) / 99))
    }

    @Test("what comes while the list is read is found at its ends", arguments: [true, false])
    func changing(atFront: Bool) async throws {
        let late = try Self.document("W-1")
        let list = PagedList(try Self.others(400)) { read, entries in
            if read == 2 { entries.insert(late, at: atFront ? 0 : entries.count) }
        }
        #expect(try await list.find(Self.wanted()) == .found("id of W-1"))
    }

    @Test("a long list in the order of its days is read from its newer end only", arguments: [false, true])
    func long(oldestFirst: Bool) async throws {
        let entries = try Self.others(20_000)
        func ordered(_ entries: [ListedDocument]) -> [ListedDocument] { oldestFirst ? entries.reversed() : entries }
        let list = PagedList(ordered(entries))
        #expect(try await list.find(Self.wanted()) == .absent)
        #expect(list.reads.withLock(\.count) <= 20)
        var with = entries
        with.insert(try Self.document("W-1"), at: 137)
        #expect(try await PagedList(ordered(with)).find(Self.wanted()) == .found("id of W-1"))
    }

    @Test("of a long list without an order nothing can be told")
    func shuffled() async throws {
        var random = SplitMix(seed: 7)
        let list = PagedList(try Self.others(6_000).shuffled(using: &random))
        #expect(try await list.find(Self.wanted()) == .unknown(.tooLong))
        #expect(list.reads.withLock(\.count) <= 50)
    }

    @Test("nor of one whose documents are all of one day")
    func oneDay() async throws {
        let list = PagedList(try (0..<6_000).map { try Self.document("other \($0)") })
        #expect(try await list.find(Self.wanted()) == .unknown(.tooLong))
    }

    /// Two tills: all documents of the first, rising, then those of the second, rising.
    @Test("a long list in the order of its numbers is not taken for one in the order of its days")
    func byNumber() async throws {
        func number(_ till: String, _ index: Int) -> String { "\(till)-\(String(100_000 + index))" }
        for (first, second) in [(5_600, 400), (3_000, 3_000), (400, 5_600)] {
            let one: [ListedDocument] = try Self.others(first) { number("P1", first - $0) }.reversed()
            let two: [ListedDocument] = try Self.others(second) { number("P2", second - $0) }.reversed()
            let list = PagedList(one + [try Self.document("P1-999999")] + two)
            let finding = try await list.find(Self.wanted("P1-999999"))
            #expect(finding != .absent, "\(first) and \(second): \(finding)")
        }
    }

    @Test("a list of one till, in the order of numbers and days alike, is told both ways")
    func bothOrders() async throws {
        let list = PagedList(try Self.others(6_000) { "P1-\(String(900_000 - $0))" })
        #expect(try await list.find(Self.wanted("P1-950000")) == .absent)
        #expect(list.reads.withLock(\.count) <= 50)
    }

    @Test("a document with our number and another name, customer or total is nobody's until a person says so")
    func contradicting() async throws {
        let entry = try Fixture.object(#"{"id":"D","number":"W-1","total":1}"#)
        let finding = try await PagedList([ListedDocument(entry)]).find(Self.wanted())
        #expect(finding == .contradicting("D", .total))
    }

    @Test("one without an id cannot be followed, and one of others without an id is no harm")
    func unnamed() async throws {
        let (ours, other) = (try Fixture.object(#"{"number":"W-1"}"#), try Fixture.object(#"{"number":"X"}"#))
        #expect(try await PagedList([ListedDocument(ours)]).find(Self.wanted()) == .unknown(.unnamed))
        #expect(try await PagedList([ListedDocument(other)]).find(Self.wanted()) == .absent)
    }

    @Test("a page is read tolerantly, and what is no list is none")
    func pages() throws {
        let last = try #require(
            DocumentPage(try Fixture.object(#"{"total":0,"next":0,"previous":0,"data":[{"id":"x"}]}"#)))
        #expect(!last.hasNext && last.total == nil && last.documents.count == 1 && last.isShort)
        #expect(DocumentPage(try Fixture.object(#"{"total":0,"next":null,"data":[]}"#))?.total == 0)
        #expect(DocumentPage(try Fixture.object(#"{"next":1.0,"total":2.0,"data":[{}]}"#))?.hasNext == true)
        #expect(DocumentPage(try Fixture.object(#"{"total":1}"#)) == nil)
        #expect(DocumentPage(try Fixture.object(#"{"data":[1]}"#)) == nil)
    }

    // MARK: Lists that are not as one would like

    @Test(
        "it is found or proved absent whatever a list says of its length, of the next page, and however short its pages are",
        arguments: [0, 1, 2, 49, 50, 51, 100, 101, 499], PagedList.Style.all)
    func styles(count: Int, style: PagedList.Style) async throws {
        let entries = try Self.others(count)
        #expect(try await PagedList(entries, style: style).find(Self.wanted()) == .absent, "\(style)")
        for place in Set([0, count / 2, count]) {
            var with = entries
            with.insert(try Self.document("W-1"), at: place)
            #expect(
                try await PagedList(with, style: style).find(Self.wanted()) == .found("id of W-1"), "\(style) \(place)")
        }
    }

    @Test("a list whose pages leave some out proves nothing")
    func borders() async throws {
        let style = PagedList.Style(lostAtBorders: 1)
        #expect(try await PagedList(try Self.others(300), style: style).find(Self.wanted()) == .unknown(.changing))
        #expect(try await PagedList(try Self.others(99), style: style).find(Self.wanted()) == .absent)
    }

    @Test("nor does one that counts more than it shows")
    func missing() async throws {
        let list = PagedList(try Self.others(300), style: PagedList.Style(surplus: 1))
        #expect(try await list.find(Self.wanted()) == .unknown(.changing))
    }

    @Test("a list that changed once is read once more")
    func deletion() async throws {
        let list = PagedList(try Self.others(300)) { read, entries in
            if read == 2 { entries.remove(at: 5) }
        }
        #expect(try await list.find(Self.wanted()) == .absent)
        #expect(list.reads.withLock(\.count) > 4)
    }

    @Test("pages that are too long are asked for shorter")
    func tooLong() async throws {
        let list = PagedList(try Self.others(300), style: PagedList.Style(longest: 30))
        #expect(try await list.find(Self.wanted()) == .absent)
        let none = PagedList(try Self.others(300), style: PagedList.Style(longest: 1))
        let error = await #expect(throws: BillgateError.self) { try await none.find(try Self.wanted()) }
        #expect(error?.kind == .tooLong)
    }

    @Test("several are looked for in one reading")
    func several() async throws {
        var entries = try Self.others(250)
        entries.insert(try Self.document("W-1"), at: 3)
        entries.insert(try Self.document("W-3"), at: 200)
        let list = PagedList(entries)
        let found = try await list.find(["W-1", "W-2", "W-3"].map { try Self.wanted($0) }, limit: 50)
        #expect(found == [.found("id of W-1"), .absent, .found("id of W-3")])
        #expect(list.reads.withLock(\.count) == 3)
    }

    /// Lists of every kind that others use meanwhile: whatever becomes of them, what is there all the time is not absent.
    @Test("what is in a list is never said to be absent", arguments: PagedList.Order.allCases)
    func never(order: PagedList.Order) async throws {
        var random = SplitMix(seed: 20_261_130)
        let (wanted, ours) = (try Self.wanted(), try Self.document("W-1"))
        let (pool, fresh) = (try Self.others(700), try (0..<300).map { try Self.document("fresh \($0)") })
        var found = 0
        for round in 0..<300 {
            let count = Int.random(in: 0..<700, using: &random)
            var entries = Array(pool[..<count])
            // Among those of its day.
            entries.insert(ours, at: Int.random(in: 0...min(count, 40), using: &random))
            if order == .rising { entries.reverse() }
            if order == .number { entries.sort { ($0.number ?? "") < ($1.number ?? "") } }
            let style = PagedList.Style.all.randomElement(using: &random) ?? .init()
            let (adds, removes) = (Bool.random(using: &random), order.isStable && Bool.random(using: &random))
            let noise = Mutex(SplitMix(seed: UInt64(round)))
            let list = PagedList(entries, style: style, order: order) { read, entries in
                noise.withLock { noise in
                    if adds, Int.random(in: 0..<3, using: &noise) == 0 {
                        let place: Int =
                            switch order {
                            case .falling, .unstable: 0
                            case .rising: entries.count
                            case .number: Int.random(in: 0...entries.count, using: &noise)
                            }
                        entries.insert(fresh[read % fresh.count], at: place)
                    }
                    let victim = entries.indices.randomElement(using: &noise)
                    if removes, Bool.random(using: &noise), let victim, entries[victim].number != "W-1" {
                        entries.remove(at: victim)
                    }
                }
            }
            let finding = try await list.find(wanted, limit: Bool.random(using: &random) ? 50 : 2)
            #expect(finding != .absent, "\(order) \(round) \(style)")
            if finding == .found("id of W-1") { found += 1 }
        }
        #expect(found > 150)
    }
}
