import Foundation
import TestOutbox
import Testing

@testable import Outbox
@testable import OutboxRecovery

@Suite(.timeLimit(.minutes(2))) struct RecoveryLogTests {
    @Test("what was committed to the log alone comes back; what was not committed does not")
    func log() async throws {
        try await RecoveryFixture.withDatabase { it in
            // Copied while it is open: the log still holds everything since.
            let outbox = try Outbox(path: it.path)
            try await RecoveryFixture.fill(outbox, count: 24, from: RecoveryFixture.count)
            let all = try await RecoveryFixture.contents(of: outbox)
            let crashed = RecoveryFixture.Case(path: it.path + "-crashed", before: all)
            try copy(it.path, to: crashed.path)
            try outbox.close()
            RecoveryFixture.expectSame(try await RecoveryFixture.recover(crashed).sales, all)

            // The last commit is torn: a byte of its last frame is wrong.
            let torn = RecoveryFixture.Case(path: it.path + "-torn", before: all)
            try copy(crashed.path, to: torn.path)
            let log = try FileHandle(forUpdating: URL(fileURLWithPath: torn.path + "-wal"))
            let end = Int(try log.seekToEnd())
            try log.overwrite(Data([0x5a]), at: end - 2_000)
            let (_, sales) = try await RecoveryFixture.recover(torn, behind: ["S-\(RecoveryFixture.count + 23)"])
            #expect(sales.count >= all.count - 1)

            // A frame in the middle is wrong: SQLite would forget all that follows.
            let holed = RecoveryFixture.Case(path: it.path + "-holed", before: all)
            try copy(crashed.path, to: holed.path)
            try FileHandle(forUpdating: URL(fileURLWithPath: holed.path + "-wal")).overwrite(
                Data(count: 4_120), at: 32 + 4_120 * 5)
            // So it is not opened as if nothing had been there.
            #expect(#expect(throws: OutboxError.self) { try Outbox(path: holed.path) }?.code == .damaged)
            let report = try Recovery.run(from: holed.path, to: holed.target, under: RecoveryFixture.terms)
            #expect(report.sales >= all.count - 8)
            // The frame behind it cannot be told to be whole either.
            #expect(report.lostPages == 2)

            // The log's own header is gone, and then the database itself.
            let headless = RecoveryFixture.Case(path: it.path + "-headless", before: all)
            try copy(crashed.path, to: headless.path)
            try FileHandle(forUpdating: URL(fileURLWithPath: headless.path + "-wal")).overwrite(Data(count: 32), at: 0)
            RecoveryFixture.expectSame(try await RecoveryFixture.recover(headless).sales, all)
            try FileManager.default.removeItem(atPath: crashed.path)
            try FileManager.default.removeItem(atPath: crashed.target)
            #expect(try await RecoveryFixture.recover(crashed).sales.count >= 20)
        }
    }

    private func copy(_ path: String, to other: String) throws {
        for ending in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: path + ending, toPath: other + ending)
        }
    }
}
