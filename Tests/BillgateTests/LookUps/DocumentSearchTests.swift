import Foundation
import JSON
import Sales
import Synchronization
import Testing

@testable import Billgate

@Suite struct DocumentSearchTests {
    /// A list on the other side, which can change while it is read.
    private final class List: Sendable {
        let entries: Mutex<[ListedDocument]>
        let reads = Mutex<[Int]>([])
        let change: @Sendable (_ read: Int, _ entries: inout [ListedDocument]) -> Void

        init(
            _ entries: [ListedDocument],
            change: @escaping @Sendable (_ read: Int, _ entries: inout [ListedDocument]) -> Void = { _, _ in }
        ) {
            self.entries = Mutex(entries)
            self.change = change
        }

        func page(from offset: Int) throws(BillgateError) -> DocumentPage {
            let read = reads.withLock { reads in
                reads.append(offset)
                return reads.count
            }
            return entries.withLock { entries in
                defer { change(read, &entries) }
                return DocumentPage(
                    documents: Array(entries.dropFirst(offset).prefix(DocumentPage.size)), total: entries.count,
                    next: offset + DocumentPage.size < entries.count ? DocumentPage.size : nil)
            }
        }

        func find(_ wanted: WantedDocument, limit: Int = 50) async throws -> DocumentSearch.Finding {
            var search = DocumentSearch(for: wanted, limit: limit) { offset async throws(BillgateError) in
                try self.page(from: offset)
            }
            return try await search.run()
        }
    }

    private static func wanted(_ id: String = "W-1") throws -> WantedDocument {
        guard
            let wanted = WantedDocument(
                RegistrationRequest(try Fixture.event(id), under: Fixture.terms).bytes, kind: .receipt)
        else { throw FixtureError() }
        return wanted
    }

    private static func document(_ number: String, day: String = "2026-11-20") throws -> ListedDocument {
        ListedDocument(
            try Fixture.object(
                """
                {"id":"id of \(number)","number":"\(number)","name":"\(number)","issue_date":"\(day)",
                "customer":{"name":"ลูกค้าทั่วไป","tax_number":"0000000000000"}}
                """))
    }

    /// Others' documents, 40 a day, the newest first; the newest day is the sale's.
    private static func others(_ count: Int, number: (Int) -> String = { "other \($0)" }) throws -> [ListedDocument] {
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
        #expect(try await List(entries).find(Self.wanted()) == .found("id of W-1"))
    }

    @Test(
        "it is absent from a list that was read as a whole, and such a list is read once",
        arguments: [0, 1, 100, 101, 5_000])
    func absent(count: Int) async throws {
        let list = List(try Self.others(count))
        #expect(try await list.find(Self.wanted()) == .absent)
        #expect(list.reads.withLock(\.count) == max(1, (count + 99) / 100))
    }

    @Test("what comes while the list is read is found at its ends", arguments: [true, false])
    func changing(atFront: Bool) async throws {
        let late = try Self.document("W-1")
        let list = List(try Self.others(400)) { read, entries in
            if read == 2 { entries.insert(late, at: atFront ? 0 : entries.count) }
        }
        #expect(try await list.find(Self.wanted()) == .found("id of W-1"))
    }

    @Test("a long list in the order of its days is read from its newer end only", arguments: [false, true])
    func long(oldestFirst: Bool) async throws {
        let entries = try Self.others(20_000)
        func ordered(_ entries: [ListedDocument]) -> [ListedDocument] { oldestFirst ? entries.reversed() : entries }
        let list = List(ordered(entries))
        #expect(try await list.find(Self.wanted()) == .absent)
        #expect(list.reads.withLock(\.count) <= 20)
        var with = entries
        with.insert(try Self.document("W-1"), at: 137)
        #expect(try await List(ordered(with)).find(Self.wanted()) == .found("id of W-1"))
    }

    @Test("of a long list without an order nothing can be told")
    func shuffled() async throws {
        var random = SplitMix(seed: 7)
        let list = List(try Self.others(6_000).shuffled(using: &random))
        #expect(try await list.find(Self.wanted()) == .unknown)
        #expect(list.reads.withLock(\.count) <= 50)
    }

    @Test("nor of one whose documents are all of one day")
    func oneDay() async throws {
        let list = List(try (0..<6_000).map { try Self.document("other \($0)") })
        #expect(try await list.find(Self.wanted()) == .unknown)
    }

    /// Two tills: all documents of the first, rising, then those of the second, rising.
    @Test("a long list in the order of its numbers is not taken for one in the order of its days")
    func byNumber() async throws {
        func number(_ till: String, _ index: Int) -> String { "\(till)-\(String(100_000 + index))" }
        for (first, second) in [(5_600, 400), (3_000, 3_000), (400, 5_600)] {
            let one: [ListedDocument] = try Self.others(first) { number("P1", first - $0) }.reversed()
            let two: [ListedDocument] = try Self.others(second) { number("P2", second - $0) }.reversed()
            let list = List(one + [try Self.document("P1-999999")] + two)
            let finding = try await list.find(Self.wanted("P1-999999"))
            #expect(finding != .absent, "\(first) and \(second): \(finding)")
        }
    }

    @Test("a list of one till, in the order of numbers and days alike, is told both ways")
    func bothOrders() async throws {
        let list = List(try Self.others(6_000) { "P1-\(String(900_000 - $0))" })
        #expect(try await list.find(Self.wanted("P1-950000")) == .absent)
        #expect(list.reads.withLock(\.count) <= 50)
    }

    @Test(
        "a document with our number and another name or customer is nobody's until a person says so",
        arguments: [
            #""name":"other""#, #""customer":{"name":"other","tax_number":"0000000000000"}"#,
            #""customer":{"name":"ลูกค้าทั่วไป","tax_number":"1111111111119"}"#,
        ])
    func contradicting(member: String) async throws {
        var entry = try Fixture.object(#"{"id":"D","number":"W-1","issue_date":"2026-11-20"}"#)
        #expect(try await List([ListedDocument(entry)]).find(Self.wanted()) == .found("D"))
        for (key, value) in try Fixture.object("{\(member)}").members { entry[key] = value }
        #expect(try await List([ListedDocument(entry)]).find(Self.wanted()) == .contradicting("D"))
    }

    @Test("a page is read tolerantly, and what is no list is none")
    func pages() throws {
        let last = try #require(
            DocumentPage(try Fixture.object(#"{"total":0,"next":0,"previous":0,"data":[{"id":"x"}]}"#)))
        #expect(last.next == nil && last.documents.count == 1)
        #expect(DocumentPage(try Fixture.object(#"{"next":100,"data":[]}"#))?.next == nil)
        #expect(DocumentPage(try Fixture.object(#"{"next":1.0,"total":2.0,"data":[{}]}"#))?.next == 1)
        #expect(DocumentPage(try Fixture.object(#"{"total":1}"#)) == nil)
        #expect(DocumentPage(try Fixture.object(#"{"data":[1]}"#)) == nil)
    }
}
