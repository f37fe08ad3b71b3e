import Synchronization
import Testing

@testable import Billgate

@Suite(.timeLimit(.minutes(1))) struct TurnsTests {
    private final class Room: Sendable {
        private let inside = Mutex(0)
        let most = Mutex(0)

        func enter() {
            let now = inside.withLock { inside in
                inside += 1
                return inside
            }
            most.withLock { $0 = max($0, now) }
        }

        func leave() { inside.withLock { $0 -= 1 } }
    }

    @Test("one at a time is let in")
    func one() async throws {
        let (turns, room) = (Turns(), Room())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await turns.take()
                    room.enter()
                    await Task.yield()
                    room.leave()
                    await turns.leave()
                }
            }
            try await group.waitForAll()
        }
        #expect(room.most.withLock(\.self) == 1)
        #expect(await turns.isIdle)
    }

    @Test("whoever is stopped while waiting gives up the turn")
    func stopped() async throws {
        let turns = Turns()
        try await turns.take()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask { await #expect(throws: CancellationError.self) { try await turns.take() } }
            }
            group.cancelAll()
        }
        await turns.leave()
        #expect(await turns.isIdle)
    }

    @Test("the turns of a code are the same for all until the last has given them back")
    func codes() {
        var codes = TurnsByCode()
        let (first, second, other) = (codes.join("A"), codes.join("A"), codes.join("B"))
        #expect(first === second && first !== other)
        codes.part(from: "A")
        let third = codes.join("A")
        #expect(third === first)
        for _ in 0..<2 { codes.part(from: "A") }
        let later = codes.join("A")
        #expect(later !== first)
        for code in ["A", "B", "C"] { codes.part(from: code) }
        #expect(codes.isEmpty)
    }
}
