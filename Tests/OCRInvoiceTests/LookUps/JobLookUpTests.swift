import JSON
import Synchronization
import Testing

@testable import OCRInvoice

/// A list on the other side, which may change while it is read.
private final class JobList: Sendable {
    struct Style: Sendable, CustomStringConvertible {
        var search: @Sendable (_ text: String, _ number: String) -> Bool = { $1.contains($0) }
        var cap = 100
        var longest = 100
        var saysTotal = true
        /// By how many the total is more than what is listed.
        var surplus = 0

        var description: String { "cap \(cap), total \(saysTotal)" }
    }

    let numbers: Mutex<[String]>
    let reads = Mutex(0)
    private let style: Style
    private let change: @Sendable (_ read: Int, _ numbers: inout [String]) -> Void

    init(
        _ numbers: [String], _ style: Style = Style(),
        change: @escaping @Sendable (_ read: Int, _ numbers: inout [String]) -> Void = { _, _ in }
    ) {
        self.numbers = Mutex(numbers)
        self.style = style
        self.change = change
    }

    func page(_ search: String?, _ offset: Int, _ size: Int) throws(OCRInvoiceError) -> OCRJobPage {
        guard size <= style.longest else { throw OCRInvoiceError(.tooLong, "") }
        let read = reads.withLock { reads in
            reads += 1
            return reads
        }
        let found = numbers.withLock { numbers in
            defer { change(read, &numbers) }
            return search.map { text in numbers.filter { style.search(text, $0) } } ?? numbers
        }
        let page = found.dropFirst(offset).prefix(min(size, style.cap))
        let jobs = page.compactMap { number in
            let json: JSONObject = ["_id": .string("id of \(number)"), "jobNumber": .string(number)]
            return (try? Fixture.discretion()).flatMap { OCRJob(json, $0) }
        }
        return OCRJobPage(jobs: jobs, total: style.saysTotal ? found.count + style.surplus : nil)
    }

    func find(limit: Int = 100) async throws -> OCRJobFinding {
        var lookUp = JobLookUp(for: try Fixture.form(), limit: limit) {
            search, offset, size async throws(OCRInvoiceError) in
            try self.page(search, offset, size)
        }
        return try await lookUp.run()
    }
}

@Suite(.timeLimit(.minutes(1))) struct JobLookUpTests {
    private static let all: @Sendable (String, String) -> Bool = { _, _ in true }
    private static let none: @Sendable (String, String) -> Bool = { _, _ in false }

    private func others(_ count: Int) -> [String] { (0..<count).map { "OTHER-\(1_000_000 + $0)" } }

    private func id(_ finding: OCRJobFinding) -> String? {
        if case .found(let job) = finding { job.id } else { nil }
    }

    @Test("a search that heeds numbers needs one page to find a job, and three to know that there is none")
    func searched() async throws {
        let list = JobList(others(6_000) + [Fixture.number])
        #expect(try await id(list.find()) == "id of \(Fixture.number)")
        #expect(list.reads.withLock(\.self) == 1)
        let without = JobList(others(6_000))
        #expect(try await without.find() == .absent)
        #expect(without.reads.withLock(\.self) == 3)
    }

    @Test("a number that only contains ours is another's, and so is a longer or an equivalent one")
    func exact() async throws {
        let list = JobList(["\(Fixture.number)1", "X\(Fixture.number)", Fixture.number.lowercased()])
        #expect(try await list.find() == .absent)
    }

    @Test(
        "where the search is ignored, or blind to numbers, the whole list is read", arguments: [true, false],
        [0, 1, 99, 100, 101, 3_000, 5_999, 6_000])
    func ignored(isIgnored: Bool, place: Int) async throws {
        let style = JobList.Style(search: isIgnored ? Self.all : Self.none)
        var numbers = others(6_000)
        numbers.insert(Fixture.number, at: place)
        #expect(try await id(JobList(numbers, style).find()) == "id of \(Fixture.number)")
        #expect(try await JobList(others(6_000), style).find() == .absent)
    }

    @Test(
        "short pages, and lists that do not say how long they are, are read to their end", arguments: [100, 50, 7, 2],
        [true, false])
    func styles(cap: Int, saysTotal: Bool) async throws {
        let style = JobList.Style(search: Self.all, cap: cap, saysTotal: saysTotal)
        #expect(try await JobList(others(150), style).find(limit: 100) == .absent)
        let list = JobList(others(150) + [Fixture.number], style)
        #expect(try await id(list.find(limit: 100)) == "id of \(Fixture.number)")
        #expect(try await JobList([], style).find() == .absent)
    }

    @Test("a list that is longer than is read says nothing, unless the search does")
    func tooLong() async throws {
        let numbers = others(6_000)
        #expect(try await JobList(numbers, .init(search: Self.all)).find(limit: 20) == .unknown(.tooLong))
        #expect(
            try await JobList(numbers, .init(search: Self.all, saysTotal: false)).find(limit: 20) == .unknown(.tooLong))
        #expect(try await JobList(numbers).find(limit: 20) == .absent)
    }

    @Test("pages that show one job at a time, or fewer than the list says, prove nothing")
    func unjoined() async throws {
        #expect(try await JobList(others(5), .init(search: Self.all, cap: 1)).find() == .unknown(.changing))
        #expect(try await JobList(others(150), .init(search: Self.all, surplus: 3)).find() == .unknown(.changing))
    }

    @Test("pages that are longer than is read are asked for in parts")
    func parts() async throws {
        let style = JobList.Style(search: Self.all, longest: 30)
        #expect(try await id(JobList(others(300) + [Fixture.number], style).find()) == "id of \(Fixture.number)")
        let never = JobList(others(300), .init(search: Self.all, longest: 1))
        await #expect(throws: OCRInvoiceError.self) { try await never.find() }
    }

    @Test("jobs that come while the list is read are tolerated, wherever they come", arguments: [true, false])
    func coming(isNewestFirst: Bool) async throws {
        let change: @Sendable (Int, inout [String]) -> Void = { read, numbers in
            numbers.insert("NEW-\(read)", at: isNewestFirst ? 0 : numbers.count)
        }
        let numbers = others(450)
        #expect(try await JobList(numbers, .init(search: Self.all), change: change).find() == .absent)
        let list = JobList(numbers + [Fixture.number], .init(search: Self.all), change: change)
        #expect(try await id(list.find()) == "id of \(Fixture.number)")
    }

    @Test("a job that goes while the list is read hides none: the list is read again")
    func going() async throws {
        let change: @Sendable (Int, inout [String]) -> Void = { read, numbers in
            if read == 3 { numbers.removeFirst(2) }
        }
        // Ours slips from the place that is read next to one that was read.
        var numbers = others(300)
        numbers.insert(Fixture.number, at: 100)
        let list = JobList(numbers, .init(search: Self.none), change: change)
        #expect(try await id(list.find()) == "id of \(Fixture.number)")
        let always = JobList(others(300), .init(search: Self.none)) { _, numbers in numbers.removeFirst() }
        #expect(try await always.find() == .unknown(.changing))
    }

    @Test("a job that appears at the top while the list is read is found")
    func appearing() async throws {
        let list = JobList(others(300), .init(search: Self.none)) { read, numbers in
            if read == 4 { numbers.insert(Fixture.number, at: 0) }
        }
        #expect(try await id(list.find()) == "id of \(Fixture.number)")
    }
}
