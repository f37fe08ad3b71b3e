import Testing

@testable import Runtime

@Suite(.timeLimit(.minutes(1))) struct WaiterTests {
    @Test("an answer that is there before the wait is given at once") func answeredAtOnce() async {
        let outcome = await Waiter<Int>.wait { $0.resume(returning: 7) }
        #expect(outcome == .answered(7))
        #expect(outcome.answer == 7)
    }

    @Test("the first answer counts, and whoever comes later is told so") func firstAnswer() async {
        var told: [Bool] = []
        let outcome = await Waiter<Int>.wait(within: .zero) { waiter in
            for answer in 1...3 { told.append(waiter.resume(returning: answer)) }
        }
        #expect(outcome == .answered(1))
        #expect(told == [true, false, false])
    }

    @Test("a wait ends at its deadline, and its answer then reaches nobody", arguments: [true, false])
    func late(isCancellable: Bool) async {
        var kept: Waiter<Int>?
        let begun = ContinuousClock.now
        let outcome = await Waiter<Int>.wait(within: .milliseconds(20), isCancellable: isCancellable) { kept = $0 }
        #expect(outcome == .late)
        #expect(outcome.answer == nil)
        #expect(ContinuousClock.now - begun >= .milliseconds(20))
        #expect(kept?.resume(returning: 1) == false)
    }

    @Test("a wait ends when its task is cancelled") func cancelled() async {
        let (waiters, arrived) = AsyncStream.makeStream(of: Waiter<Int>.self)
        await withTaskGroup(of: WaitOutcome<Int>.self) { group in
            group.addTask { await Waiter<Int>.wait { arrived.yield($0) } }
            for await waiter in waiters {
                group.cancelAll()
                #expect(await group.next() == .cancelled)
                #expect(!waiter.resume(returning: 1))
                break
            }
        }
    }

    @Test("a task that is cancelled already begins nothing") func cancelledBefore() async {
        let hasBegun = Locked(false)
        let outcome = await withTaskGroup(of: WaitOutcome<Int>?.self) { group in
            group.cancelAll()
            group.addTask { await Waiter<Int>.wait { _ in hasBegun.change { $0 = true } } }
            return await group.next() ?? nil
        }
        #expect(outcome == .cancelled)
        #expect(!hasBegun.value)
    }

    @Test("what has to go on to its end waits on in a cancelled task, for its answer or its deadline")
    func uncancellable() async {
        let (waiters, arrived) = AsyncStream.makeStream(of: Waiter<Int>.self)
        await withTaskGroup(of: WaitOutcome<Int>.self) { group in
            group.cancelAll()
            group.addTask { await Waiter<Int>.wait(within: .milliseconds(5), isCancellable: false) { _ in } }
            #expect(await group.next() == .late)
            group.addTask {
                await Waiter<Int>.wait(within: .seconds(30), isCancellable: false) { arrived.yield($0) }
            }
            for await waiter in waiters {
                waiter.resume(returning: 1)
                break
            }
            #expect(await group.next() == .answered(1))
        }
    }

    @Test("a wait by another clock is late when that clock says so, and not when its sleep is broken off")
    func otherClock() async {
        #expect(await Waiter<Int>.wait(during: {}) { _ in } == .late)
        #expect(await Waiter<Int>.wait(during: {}) { $0.resume(returning: 1) } == .answered(1))
        let (waiters, arrived) = AsyncStream.makeStream(of: Waiter<Int>.self)
        let outcome = await withTaskGroup(of: WaitOutcome<Int>.self) { group in
            group.addTask { await Waiter<Int>.wait(during: { throw CancellationError() }) { arrived.yield($0) } }
            for await waiter in waiters {
                waiter.resume(returning: 2)
                break
            }
            return await group.next()
        }
        #expect(outcome == .answered(2))
    }

    /// What may end a wait, in any order, before and while it is awaited.
    private enum Ending: CaseIterable { case answer, deadline, cancellation }

    @Test("whichever ending comes first is the one that the wait has, and all others are told", arguments: 0..<200)
    func everyOrder(seed: UInt64) async {
        var dice = Dice(seed: seed)
        let endings = (0..<Int.random(in: 1...8, using: &dice)).map { _ in Ending.allCases.randomElement(using: &dice) }
        let before = Int.random(in: 0...endings.count, using: &dice)
        let waiter = Waiter<Int>()
        let firsts = Locked<[WaitOutcome<Int>]>([])
        let play: @Sendable (Int) -> Void = { number in
            let outcome: WaitOutcome<Int> =
                switch endings[number] {
                case .answer: .answered(number)
                case .deadline: .late
                case .cancellation, nil: .cancelled
                }
            if waiter.end(outcome) { firsts.change { $0.append(outcome) } }
        }
        for number in 0..<before { play(number) }
        let outcome = await withTaskGroup(of: Void.self) { group in
            for number in before..<endings.count { group.addTask { play(number) } }
            return await waiter.outcome()
        }
        #expect(firsts.value == [outcome])
    }
}
