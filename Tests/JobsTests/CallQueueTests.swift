import Foundation
import Journey
import Testing

@testable import Jobs
@testable import Runtime

@Suite(.timeLimit(.minutes(1))) struct CallQueueTests {
    /// A queue whose places are all taken until it opens; then each that has a place gives it to the next at once.
    private actor Line {
        private static let places: Int64 = 8
        private let policy = ServicePolicy(concurrency: Int(places))
        private var queue = CallQueue()
        private(set) var admitted: [Int64] = []

        init() {
            for place in 1...Self.places { queue.enter(.job(-place), .till) }
        }

        func call(_ seq: Int64, _ priority: Priority, inLine: @Sendable () -> Void) async -> Bool? {
            let outcome = await Waiter<Bool>.wait { waiter in
                queue.wait(.job(seq), priority, waiter)
                inLine()
            }
            guard outcome.answer == true else {
                queue.giveUp(.job(seq))
                return outcome.answer
            }
            admitted.append(seq)
            leave(.job(seq))
            return true
        }

        func open() { leave(.job(-1)) }

        func dismiss() { queue.dismiss() }

        private func leave(_ work: Work) {
            queue.leave(work)
            queue.admit(by: policy, at: Date(timeIntervalSince1970: 1_795_144_500))
        }
    }

    private let jobs: [(seq: Int64, priority: Priority)] = [
        (1, .backlog), (2, .spool), (3, .till), (4, .backlog), (5, .till), (6, .spool),
    ]

    /// Lets the jobs wait one behind the other, and then `body` act.
    private func standInLine(
        at line: Line, _ body: @Sendable (inout TaskGroup<Bool?>) async -> Void
    ) async -> [Bool?] {
        let (inLine, arrived) = AsyncStream.makeStream(of: Void.self)
        return await withTaskGroup(of: Bool?.self) { group in
            var arrivals = inLine.makeAsyncIterator()
            for (seq, priority) in jobs {
                group.addTask { await line.call(seq, priority) { arrived.yield() } }
                await arrivals.next()
            }
            await body(&group)
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test("the most urgent is admitted first, and of these the one that came first") func order() async {
        let line = Line()
        let answers = await standInLine(at: line) { _ in await line.open() }
        #expect(answers == Array(repeating: true, count: 6))
        #expect(await line.admitted == [3, 5, 2, 6, 1, 4])
    }

    @Test("documents have places of their own: they take none from sales, and get none while a sale waits for one")
    func documents() async {
        let counter = Counter()
        let (inLine, arrived) = AsyncStream.makeStream(of: Void.self)
        await withTaskGroup(of: Void.self) { group in
            var arrivals = inLine.makeAsyncIterator()
            for (seq, priority) in [(4, Priority.documents), (5, .till), (6, .till)] as [(Int64, Priority)] {
                group.addTask { await counter.call(seq, priority) { arrived.yield() } }
                await arrivals.next()
            }
            await counter.admit()
            #expect(await counter.calling == [1, 2, 3, 5, 7])
            // A place for documents is free, but a sale waits.
            await counter.leave(1)
            #expect(await counter.calling == [2, 3, 5, 7])
            await counter.leave(3)
            #expect(await counter.calling == [2, 4, 5, 6, 7])
        }
    }

    @Test("looks have places of their own: they take none from sales, and wait for each other alone")
    func looks() async {
        var queue = CallQueue()
        let policy = ServicePolicy(concurrency: 1)
        for seq in 1..<Int64(CallQueue.lookPlaces) { queue.enter(.job(-seq), .look) }
        let calls: [(seq: Int64, priority: Priority)] = [(1, .look), (2, .look), (3, .till), (4, .documents)]
        let waiting = calls.map { ($0, Waiter<Bool>()) }
        for (call, waiter) in waiting { queue.wait(.job(call.seq), call.priority, waiter) }
        queue.admit(by: policy, at: Date(timeIntervalSince1970: 1_795_144_500))
        #expect(Set(queue.calling.keys).isSuperset(of: [.job(1), .job(3), .job(4)]))
        #expect(queue.calling.count == CallQueue.lookPlaces + 2 && !queue.hasOrdinaryWaiting)
        queue.leave(.job(-1))
        queue.admit(by: policy, at: Date(timeIntervalSince1970: 1_795_144_500))
        #expect(queue.calling[.job(2)] == .look)
    }

    /// Three calls about documents and one of a till are on their way; a till may make two.
    private actor Counter {
        private let policy = ServicePolicy(concurrency: 2)
        private var queue = CallQueue()

        init() {
            for (seq, priority) in [(1, Priority.documents), (2, .documents), (7, .documents), (3, .till)]
                as [(Int64, Priority)]
            {
                queue.enter(.job(seq), priority)
            }
        }

        var calling: Set<Int64> {
            Set(queue.calling.keys.compactMap { if case .job(let seq) = $0 { seq } else { nil } })
        }

        func call(_ seq: Int64, _ priority: Priority, inLine: @Sendable () -> Void) async {
            _ = await Waiter<Bool>.wait { waiter in
                queue.wait(.job(seq), priority, waiter)
                inLine()
            }
        }

        func admit() { queue.admit(by: policy, at: Date(timeIntervalSince1970: 1_795_144_500)) }

        func leave(_ seq: Int64) {
            queue.leave(.job(seq))
            admit()
        }
    }

    @Test("all that wait are sent away together") func dismissed() async {
        let line = Line()
        let answers = await standInLine(at: line) { _ in await line.dismiss() }
        #expect(answers == Array(repeating: false, count: 6))
        #expect(await line.admitted == [])
    }

    @Test("whoever has given up takes no place from those behind") func givenUp() async {
        let line = Line()
        let answers = await standInLine(at: line) { group in group.cancelAll() }
        #expect(answers == Array(repeating: nil, count: 6))
        let next = await withTaskGroup(of: Bool?.self) { group in
            let (inLine, arrived) = AsyncStream.makeStream(of: Void.self)
            group.addTask { await line.call(7, .backlog) { arrived.yield() } }
            for await _ in inLine { break }
            await line.open()
            return await group.next() ?? nil
        }
        #expect(next == true)
        #expect(await line.admitted == [7])
    }
}
