import Dispatch
import Intake
import Testing

@testable import Outbox

@Suite(.timeLimit(.minutes(1))) struct IntakeGateTests {
    @Test("while the disk holds up what was taken, more is answered 503, and later all is well")
    func blockedDisk() async throws {
        var limits = TillLimits()
        limits.posts = 4
        limits.patience = .milliseconds(100)
        try await TillDoor.open(limits) { door in
            let gate = DispatchSemaphore(value: 0)
            let outbox = door.outbox
            let ids = (0..<40).map { "S\($0)" }
            let answers = try await withThrowingTaskGroup(of: [String: String].self) { group in
                group.addTask {
                    try await outbox.write { _, _ in gate.wait() }
                    return [:]
                }
                for id in ids {
                    group.addTask {
                        let till = try await Till.connect(to: door)
                        try await till.send(TillDoor.post(id))
                        let answer = await till.answer()
                        try await till.close()
                        return [id: answer]
                    }
                }
                var answers: [String: String] = [:]
                for try await answer in group {
                    answers.merge(answer) { first, _ in first }
                    // All but those that are in the disk's hands have their answer: nobody else waits for it.
                    if answers.count == ids.count - 4 { gate.signal() }
                }
                return answers
            }
            let refused = answers.values.filter { $0.hasPrefix("HTTP/1.1 503") }
            #expect(refused.count == 36)
            #expect(refused.allSatisfy { $0.contains("\r\nRetry-After: 1\r\n") })
            #expect(answers.values.count { $0.hasPrefix("HTTP/1.1 201") } == 4)
            for id in ids {
                let till = try await Till.connect(to: door)
                try await till.send(TillDoor.post(id))
                let isNew = answers[id]?.hasPrefix("HTTP/1.1 503") == true
                await till.expect(isNew ? "HTTP/1.1 201" : "HTTP/1.1 200")
                try await till.close()
            }
        }
    }

    @Test("tills that drip large bodies hold up only each other")
    func drippingLargeBodies() async throws {
        var limits = TillLimits()
        limits.largeBodies = 1 << 20
        limits.patience = .milliseconds(100)
        limits.posts = 2
        try await TillDoor.open(limits) { door in
            let hoarder = try await Till.connect(to: door)
            try await hoarder.send(TillDoor.head(1 << 20) + String(repeating: " ", count: 200_000))
            var tills = [hoarder]
            // They have no room for more than a little each, and are told so; the small sale goes by.
            for _ in 0..<10 {
                let till = try await Till.connect(to: door)
                try await till.send(TillDoor.head(1 << 20) + String(repeating: " ", count: 200_000))
                await till.expect("HTTP/1.1 503")
                tills.append(till)
            }
            let small = try await Till.connect(to: door)
            try await small.send(TillDoor.post("SMALL"))
            await small.expect("HTTP/1.1 201")
            let sale = TillDoor.sale("LARGE")
            try await hoarder.send(String(repeating: " ", count: (1 << 20) - 200_000 - sale.utf8.count) + sale)
            await hoarder.expect("HTTP/1.1 201")
            for till in tills + [small] { try? await till.close() }
        }
    }
}
