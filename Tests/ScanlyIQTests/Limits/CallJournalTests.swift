import Foundation
import Synchronization
import Testing

@testable import ScanlyIQ

@Suite(.timeLimit(.minutes(1))) struct CallJournalTests {
    /// A clock that goes on only as it is told.
    private final class Time: Sendable {
        private let seconds = Mutex<TimeInterval>(1_000_000)

        var now: Date { Date(timeIntervalSince1970: seconds.withLock(\.self)) }

        func pass(_ passed: TimeInterval) { seconds.withLock { $0 += passed } }
    }

    private func inFile(_ body: (String, Time) throws -> Void) rethrows {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("calls-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path, Time())
    }

    private func journal(_ path: String, _ time: Time) -> CallJournal { CallJournal(path: path) { time.now } }

    @Test("the next start knows the calls of the last minute, and counts one without an end from now on") func next() {
        inFile { path, time in
            let first = journal(path, time)
            #expect(first.remaining(.uploads, of: .seconds(60)).isEmpty)
            let (old, upload) = (first.began(.others), first.began(.uploads))
            first.ended(.others, old)
            time.pass(50)
            first.ended(.uploads, upload)
            // The gateway is killed in this one.
            _ = first.began(.uploads)
            first.flush()
            time.pass(15)
            let second = journal(path, time)
            #expect(second.remaining(.others, of: .seconds(60)).isEmpty)
            #expect(second.remaining(.uploads, of: .seconds(60)).sorted() == [.seconds(45), .seconds(60)])
            // What the second start knew, a third one knows as well.
            time.pass(10)
            let third = journal(path, time)
            #expect(third.remaining(.uploads, of: .seconds(60)).sorted() == [.seconds(35), .seconds(50)])
        }
    }

    @Test("a file of thousands of calls is cut down to what still counts") func long() throws {
        try inFile { path, time in
            let first = journal(path, time)
            for _ in 0..<5_000 {
                first.ended(.others, first.began(.others))
                time.pass(2)
            }
            first.flush()
            let size = try #require(
                try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
            #expect(size <= 64 << 10)
            let counted = journal(path, time).remaining(.others, of: .seconds(60)).count
            // One that ends after the file was cut counts twice, at most.
            #expect((29...31).contains(counted), "\(counted)")
        }
    }

    @Test(
        "what is no line of it is left out",
        arguments: ["", "\n\n", "b uploads 1", "e uploads x y z", "e nobody 1 1", "\0\u{FFFD}"])
    func broken(text: String) throws {
        try inFile { path, time in
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            #expect(journal(path, time).remaining(.uploads, of: .seconds(60)).isEmpty)
        }
    }

    @Test("without a folder calls are made, and forgotten") func homeless() {
        inFile { path, time in
            let journal = journal(path + "/there/is/none", time)
            journal.ended(.uploads, journal.began(.uploads))
            journal.flush()
            #expect(journal.remaining(.uploads, of: .seconds(60)).isEmpty)
        }
    }
}
