import Foundation
import GRDB
import Outbox
import Sales
import TestOutbox
import Testing

@Suite(.timeLimit(.minutes(1))) struct DatabaseCopyTests {
    /// Enough for some twenty steps.
    private func fill(_ outbox: Outbox) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for number in 0..<2_000 {
                group.addTask { _ = try await outbox.accept(Fixture.sale("BEFORE-\(number)")) }
            }
        }
    }

    private func ids(_ path: String) throws -> Set<String> {
        var configuration = Configuration()
        configuration.readonly = true
        let database = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? database.close() }
        return try database.read { db in
            #expect(try String.fetchOne(db, sql: "PRAGMA integrity_check") == "ok")
            return try String.fetchSet(db, sql: "SELECT transaction_id FROM sale")
        }
    }

    @Test("commits go on between the steps of a copy, and it is as the database was at one moment") func between()
        async throws
    {
        try await withOutbox { outbox, path in
            try await fill(outbox)
            let begun = ContinuousClock.now
            let copying = Task {
                let copy = try await outbox.copy(to: path + ".copy")
                return (copy: copy, end: ContinuousClock.now)
            }
            var during: [(id: String, at: ContinuousClock.Instant)] = []
            for number in 0..<200 {
                _ = try await outbox.accept(Fixture.sale("DURING-\(number)"))
                during.append(("DURING-\(number)", .now))
            }
            let (copy, end) = try await copying.value
            let kept = try ids(path + ".copy")
            #expect(kept.isSuperset(of: (0..<2_000).map { "BEFORE-\($0)" }))
            #expect(during.contains { $0.at < end }, "\(copy.pages) pages in \(end - begun)")
            // As it was at one moment: of the sales that came one after the other, the first so many.
            let count = during.count { kept.contains($0.id) }
            #expect(during.prefix(count).allSatisfy { kept.contains($0.id) })
            #expect(copy.size == copy.pages * 4_096)
        }
    }

    @Test("a copy that is cancelled ends as one, and the outbox goes on") func cancelled() async throws {
        try await withOutbox { outbox, path in
            try await fill(outbox)
            for round in 0..<5 {
                let copying = Task { try await outbox.copy(to: "\(path).copy-\(round)") }
                _ = try await outbox.accept(Fixture.sale("ROUND-\(round)"))
                copying.cancel()
                // Whole, or given up: where it was done before, it is whole.
                if (try? await copying.value) != nil { _ = try ids("\(path).copy-\(round)") }
                _ = try await outbox.accept(Fixture.sale("AFTER-\(round)"))
            }
            #expect(outbox.isOpen)
        }
    }

    @Test("a file that is there is left as it is") func taken() async throws {
        try await withOutbox { outbox, path in
            try Data("mine".utf8).write(to: URL(fileURLWithPath: path + ".copy"))
            let error = await #expect(throws: OutboxError.self) { try await outbox.copy(to: path + ".copy") }
            #expect(error?.code == .cannotOpen)
            #expect(try String(contentsOfFile: path + ".copy", encoding: .utf8) == "mine")
        }
    }
}
