import Testing

@testable import Runtime

@Suite(.timeLimit(.minutes(1))) struct WaitersTests {
    @Test("those whose goal is reached go on, and nobody else") func goals() async {
        let waiters = Waiters<Int, String>()
        let (inLine, arrived) = AsyncStream.makeStream(of: Void.self)
        await withTaskGroup(of: (Int, WaitOutcome<String>).self) { group in
            for goal in 1...3 {
                group.addTask {
                    let outcome = await waiters.wait(for: goal) {
                        arrived.yield()
                        return nil
                    }
                    return (goal, outcome)
                }
            }
            var line = inLine.makeAsyncIterator()
            for _ in 1...3 { await line.next() }
            waiters.resume(returning: "two") { $0 <= 2 }
            let first = [await group.next()?.0, await group.next()?.0].compactMap(\.self).sorted()
            #expect(first == [1, 2])
            #expect(waiters.contains { $0 == 3 })
            waiters.resumeAll(returning: "all")
            let last = await group.next()
            #expect(last?.0 == 3)
            #expect(last?.1 == .answered("all"))
        }
        #expect(!waiters.contains { _ in true })
    }

    @Test("what was reached before the task stood in line is not waited for") func reachedBefore() async {
        let waiters = Waiters<Int, Int>()
        #expect(await waiters.wait(for: 1, onceInLine: { 5 }) == .answered(5))
        #expect(!waiters.contains { _ in true })
    }

    @Test("nobody whose wait has ended stays in line", arguments: [true, false]) func noneLeft(isCancelled: Bool) async
    {
        let waiters = Waiters<Int, Int>()
        let outcome = await withTaskGroup(of: WaitOutcome<Int>.self) { group in
            group.addTask { await waiters.wait(for: 1, within: isCancelled ? nil : .milliseconds(5)) }
            if isCancelled { group.cancelAll() }
            return await group.next()
        }
        #expect(outcome == (isCancelled ? .cancelled : .late))
        #expect(!waiters.contains { _ in true })
    }

    /// A counter that goes up while tasks wait for it to reach their marks, give up, and are cancelled.
    @Test("whatever comes together, every wait ends once, and none misses what it waited for", arguments: 0..<40)
    func everyInterleaving(seed: UInt64) async {
        let waiters = Waiters<Int, Int>()
        let counter = Locked(0)
        let last = 50
        let ends = await withTaskGroup(of: End?.self) { group in
            var dice = Dice(seed: seed)
            for _ in 0..<60 {
                let plan = Plan(using: &dice, last: last)
                group.addTask {
                    await withTaskGroup(of: WaitOutcome<Int>.self) { own in
                        own.addTask {
                            await waiters.wait(for: plan.mark, within: plan.limit) {
                                counter.change { $0 >= plan.mark ? $0 : nil }
                            }
                        }
                        if plan.isCancelled {
                            for _ in 0..<plan.yields { await Task.yield() }
                            own.cancelAll()
                        }
                        return await own.next().map { End(plan: plan, outcome: $0) }
                    }
                }
            }
            group.addTask {
                for _ in 0..<last {
                    let reached = counter.change { count in
                        count += 1
                        return count
                    }
                    waiters.resume(returning: reached) { $0 <= reached }
                    await Task.yield()
                }
                return nil
            }
            var ends: [End] = []
            for await end in group { if let end { ends.append(end) } }
            return ends
        }
        #expect(ends.count == 60)
        for end in ends {
            let plan = end.plan
            switch end.outcome {
            case .answered(let reached): #expect(reached >= plan.mark)
            case .late: #expect(plan.limit != nil)
            case .cancelled: #expect(plan.isCancelled)
            }
        }
        #expect(!waiters.contains { _ in true })
    }

    private struct End: Sendable {
        let plan: Plan
        let outcome: WaitOutcome<Int>
    }

    private struct Plan: Sendable {
        let mark: Int
        let limit: Duration?
        let isCancelled: Bool
        let yields: Int

        init(using dice: inout Dice, last: Int) {
            mark = Int.random(in: 1...last, using: &dice)
            limit = Bool.random(using: &dice) ? .microseconds(Int.random(in: 0...2_000, using: &dice)) : nil
            isCancelled = Int.random(in: 0..<3, using: &dice) == 0
            yields = Int.random(in: 0..<40, using: &dice)
        }
    }
}
