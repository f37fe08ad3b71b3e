import Dispatch
import Intake
import Testing

@testable import Outbox

@Suite(.timeLimit(.minutes(1))) struct AsyncSemaphoreTests {
    @Test("while the disk holds up what was taken, more is answered 503, and later all is well")
    func blockedDisk() async throws {
        var limits = ListenerLimits()
        limits.posts = 4
        limits.waitLimit = .milliseconds(100)
        try await TestListener.open(limits) { listener in
            let semaphore = DispatchSemaphore(value: 0)
            let outbox = listener.outbox
            let ids = (0..<40).map { "S\($0)" }
            let answers = try await withThrowingTaskGroup(of: [String: String].self) { group in
                group.addTask {
                    try await outbox.write { _, _ in semaphore.wait() }
                    return [:]
                }
                for id in ids {
                    group.addTask {
                        let till = try await Till.connect(to: listener)
                        try await till.send(TestListener.post(id))
                        let answer = await till.answer()
                        try await till.close()
                        return [id: answer]
                    }
                }
                var answers: [String: String] = [:]
                for try await answer in group {
                    answers.merge(answer) { first, _ in first }
                    // All but those that are in the disk's hands have their answer: nobody else waits for it.
                    if answers.count == ids.count - 4 { semaphore.signal() }
                }
                return answers
            }
            let refused = answers.values.filter { $0.hasPrefix("HTTP/1.1 503") }
            #expect(refused.count == 36)
            #expect(refused.allSatisfy { $0.contains("\r\nRetry-After: 1\r\n") })
            #expect(answers.values.count { $0.hasPrefix("HTTP/1.1 201") } == 4)
            for id in ids {
                let till = try await Till.connect(to: listener)
                try await till.send(TestListener.post(id))
                let isNew = answers[id]?.hasPrefix("HTTP/1.1 503") == true
                await till.expect(isNew ? "HTTP/1.1 201" : "HTTP/1.1 200")
                try await till.close()
            }
        }
    }

    @Test("tills that drip large bodies hold up only each other")
    func drippingLargeBodies() async throws {
        var limits = ListenerLimits()
        limits.largeBodies = 1 << 20
        limits.waitLimit = .milliseconds(100)
        limits.posts = 2
        try await TestListener.open(limits) { listener in
            let hoarder = try await Till.connect(to: listener)
            try await hoarder.send(TestListener.head(1 << 20) + String(repeating: " ", count: 200_000))
            var tills = [hoarder]
            // They have no room for more than a little each, and are told so; the small sale goes by.
            for _ in 0..<10 {
                let till = try await Till.connect(to: listener)
                try await till.send(TestListener.head(1 << 20) + String(repeating: " ", count: 200_000))
                await till.expect("HTTP/1.1 503")
                tills.append(till)
            }
            let small = try await Till.connect(to: listener)
            try await small.send(TestListener.post("SMALL"))
            await small.expect("HTTP/1.1 201")
            let sale = TestListener.sale("LARGE")
            try await hoarder.send(String(repeating: " ", count: (1 << 20) - 200_000 - sale.utf8.count) + sale)
            await hoarder.expect("HTTP/1.1 201")
            for till in tills + [small] { try? await till.close() }
        }
    }
}
