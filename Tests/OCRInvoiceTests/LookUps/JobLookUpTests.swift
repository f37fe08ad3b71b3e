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
        /// What it says instead of its length, of the length and the page.
        var total: (@Sendable (_ length: Int, _ offset: Int, _ page: Int) -> Int)?

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
        let total = style.total?(found.count, offset, jobs.count) ?? found.count + style.surplus
        return OCRJobPage(jobs: jobs, total: style.saysTotal ? total : nil)
    }

    func find(limit: Int = 100, pace: LookUpPace = LookUpPace(pause: .zero)) async throws -> OCRJobFinding {
        var lookUp = JobLookUp(for: try Fixture.form(), limit: limit, pace: pace) {
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

    @Test("a search that heeds numbers needs one page to find a job, and the list shows that there is none")
    func searched() async throws {
        let list = JobList(others(6_000) + [Fixture.number])
        #expect(try await id(list.find()) == "id of \(Fixture.number)")
        #expect(list.reads.withLock(\.self) == 1)
        let without = JobList(others(6_000))
        #expect(try await without.find() == .absent)
        // The search, 61 pages that overlap, and the empty one behind them.
        #expect(without.reads.withLock(\.self) == 63)
    }

    @Test("a number that only contains ours is another's")
    func exact() async throws {
        let list = JobList(["\(Fixture.number)1", "X\(Fixture.number)"])
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
        // The search has to find a number such as ours.
        #expect(try await JobList(numbers).find(limit: 20) == .unknown(.tooLong))
        #expect(try await JobList(numbers + ["KK-00001-FF"]).find(limit: 20) == .absent)
        let cut = JobList.Style(search: { text, number in number.contains(text) && text.utf8.count < 10 })
        #expect(try await JobList(numbers + ["KK-00001-FF"], cut).find(limit: 20) == .unknown(.tooLong))
    }

    @Test(
        "only an empty page ends a list, whatever its total is",
        arguments: [
            { @Sendable _, _, page in page }, { length, _, _ in length / 2 }, { _, offset, page in offset + page },
            { _, _, _ in 1 },
        ] as [@Sendable (Int, Int, Int) -> Int], [0, 99, 100, 650])
    func wrongTotal(total: @escaping @Sendable (Int, Int, Int) -> Int, place: Int) async throws {
        let style = JobList.Style(search: Self.none, total: total)
        var numbers = others(700)
        #expect(try await JobList(numbers, style).find() == .absent)
        numbers.insert(Fixture.number, at: place)
        #expect(try await id(JobList(numbers, style).find()) == "id of \(Fixture.number)")
    }

    @Test("a page that comes too soon is asked for again, as late as the service wants, and what was read is kept")
    func tooSoon() async throws {
        let pauses = Mutex<[Duration]>([])
        let refusals = Mutex(2)
        let list = JobList(others(450))
        let pace = LookUpPace(pause: .milliseconds(250)) { pause in pauses.withLock { $0.append(pause) } }
        var lookUp = JobLookUp(for: try Fixture.form(), limit: 100, pace: pace) {
            search, offset, size async throws(OCRInvoiceError) in
            let isRefused = refusals.withLock { left in
                guard offset > 200, left > 0 else { return false }
                left -= 1
                return true
            }
            guard !isRefused else { throw OCRInvoiceError(.status(429), "", retryAfter: .seconds(7)) }
            return try list.page(search, offset, size)
        }
        #expect(try await lookUp.run() == .absent)
        #expect(pauses.withLock(\.self).filter { $0 == .seconds(7) }.count == 2)
        #expect(list.reads.withLock(\.self) == pauses.withLock(\.self).count - 2 + 1)
    }

    @Test("a look has one deadline")
    func deadline() async throws {
        let list = JobList(others(450))
        await #expect(throws: OCRInvoiceError.self) { try await list.find(pace: LookUpPace(longest: .zero)) }
        #expect(list.reads.withLock(\.self) == 0)
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
            guard read < 9 else { return }
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
