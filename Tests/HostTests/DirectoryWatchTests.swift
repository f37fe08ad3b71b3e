import Foundation
import Testing

@testable import Host

@Suite(.timeLimit(.minutes(1))) struct DirectoryWatchTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// What has come until `isEnough` says so.
    private func changes(
        _ watch: DirectoryWatch, until isEnough: (DirectoryChanges) -> Bool
    ) async -> DirectoryChanges {
        var all = DirectoryChanges()
        while !isEnough(all) {
            let more = await watch.changes(within: .seconds(20))
            all.finished.merge(more.finished) { $1 }
            all.hasUnfinished = all.hasUnfinished || more.hasUnfinished
            all.isIncomplete = all.isIncomplete || more.isIncomplete
            all.isOver = all.isOver || more.isOver
        }
        return all
    }

    @Test("a file is told of when it is closed or gets its name, not when it is made") func finished() async throws {
        let watched = folder("incoming")
        try FileManager.default.createDirectory(atPath: watched, withIntermediateDirectories: false)
        let watch = try await DirectoryWatch(watched)
        let name = String(repeating: "n", count: 240)
        let file = open("\(watched)/\(name)", O_WRONLY | O_CREAT, 0o600)
        let made = await changes(watch) { $0.hasUnfinished }
        #expect(made.finished == [:])
        close(file)
        let closed = await changes(watch) { !$0.finished.isEmpty }
        #expect(closed.finished == [try #require(FileName(name)): .closed])
        try folder.put("x", in: "draft")
        try FileManager.default.moveItem(atPath: folder("draft"), toPath: "\(watched)/moved")
        let moved = await changes(watch) { !$0.finished.isEmpty }
        #expect(moved.finished == [try #require(FileName("moved")): .renamed])
        #expect(link("\(watched)/moved", "\(watched)/linked") == 0)
        let linked = await changes(watch) { $0.hasUnfinished }
        #expect(linked.finished == [:])
    }

    @Test("each of many files is told of, or it is said that some may be missing") func many() async throws {
        let watch = try await DirectoryWatch(folder.path)
        let path = folder.path
        let writing = Task.detached {
            for number in 0..<2_000 { try Data([1]).write(to: URL(filePath: "\(path)/\(number)")) }
        }
        let all = await changes(watch) { $0.isIncomplete || $0.finished.count >= 2_000 }
        try await writing.value
        #expect(all.isIncomplete || all.finished.count == 2_000)
    }

    @Test("what nobody fetches takes no room without end: more names than are kept are said to be missing")
    func bounded() {
        let mailbox = DirectoryMailbox()
        for number in 0...DirectoryMailbox.mostNames {
            mailbox.put { changes in
                if let name = FileName("\(number)") { changes.finished[name] = .closed }
            }
        }
        let taken = mailbox.take()
        #expect(taken.finished.isEmpty)
        #expect(taken.isIncomplete)
        #expect(mailbox.take() == DirectoryChanges())
    }

    @Test("nothing is told where nothing comes, when the time is up") func quiet() async throws {
        let watch = try await DirectoryWatch(folder.path)
        #expect(await watch.changes(within: .milliseconds(10)) == DirectoryChanges())
    }

    @Test("it is over when the directory goes away, and stays so") func gone() async throws {
        let watched = folder("incoming")
        try FileManager.default.createDirectory(atPath: watched, withIntermediateDirectories: false)
        let watch = try await DirectoryWatch(watched)
        try FileManager.default.removeItem(atPath: watched)
        #expect(await changes(watch) { $0.isOver }.isOver)
        #expect(await watch.changes(within: .seconds(20)).isOver)
    }

    @Test("a watch that is let go leaves nothing watching, and one who waits can be cancelled") func letGo()
        async throws
    {
        let before = try watches()
        var watch: DirectoryWatch? = try await DirectoryWatch(folder.path)
        #expect(try watches().count == before.count + 1)
        let waiting = Task { [watch] in await watch?.changes(within: .seconds(3_600)) }
        waiting.cancel()
        #expect(await waiting.value == DirectoryChanges())
        watch = nil
        // The event loop closes the descriptor in its own time.
        while try watches().count > before.count { await Task.yield() }
    }

    @Test("what is no directory cannot be watched") func refused() async throws {
        try folder.put("x", in: "file")
        for name in ["file", "missing"] {
            let error = await #expect(throws: HostError.self) { _ = try await DirectoryWatch(folder(name)) }
            #expect(error?.code == .notFound)
        }
    }

    /// The inotify descriptors of this process that watch this test's folder.
    private func watches() throws -> [String] {
        var about = stat()
        guard stat(folder.path, &about) == 0 else { return [] }
        let inode = "ino:\(String(about.st_ino, radix: 16)) "
        return try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fdinfo").filter {
            (try? String(contentsOfFile: "/proc/self/fdinfo/\($0)", encoding: .utf8))?.contains(inode) == true
        }
    }
}
