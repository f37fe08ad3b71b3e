import Foundation
import Host
import Testing

@Suite(.timeLimit(.minutes(1))) struct DirectoryWatchTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("the first tick comes at once, the next when a file has come, by whatever way") func ticks() async throws {
        let watched = folder("incoming")
        try FileManager.default.createDirectory(atPath: watched, withIntermediateDirectories: false)
        var ticks = try await DirectoryWatch.ticks(of: watched).makeAsyncIterator()
        #expect(await ticks.next() != nil)
        let name = String(repeating: "n", count: 240)
        try Data([1]).write(to: URL(filePath: folder("draft")))
        try FileManager.default.moveItem(atPath: folder("draft"), toPath: "\(watched)/\(name)")
        #expect(await ticks.next() != nil)
        try Data([1]).write(to: URL(filePath: "\(watched)/written"))
        #expect(await ticks.next() != nil)
    }

    @Test("many files make few ticks, and none is left out after the last") func coalesced() async throws {
        let watched = folder.path
        let ticks = try await DirectoryWatch.ticks(of: watched)
        let writing = Task {
            for number in 0..<2_000 { try Data([1]).write(to: URL(filePath: "\(watched)/\(number)")) }
        }
        var count = 0
        for await _ in ticks {
            count += 1
            if try folder.names.count == 2_000 { break }
        }
        try await writing.value
        #expect(count <= 6_001)
        #expect(try folder.names.count == 2_000)
    }

    @Test("the ticks end when the directory goes away") func gone() async throws {
        let watched = folder("incoming")
        try FileManager.default.createDirectory(atPath: watched, withIntermediateDirectories: false)
        let ticks = try await DirectoryWatch.ticks(of: watched)
        try FileManager.default.removeItem(atPath: watched)
        for await _ in ticks {}
        #expect(!FileManager.default.fileExists(atPath: watched))
    }

    @Test("a reader that is cancelled leaves nothing watching") func cancelled() async throws {
        let before = try watches()
        let ticks = try await DirectoryWatch.ticks(of: folder.path)
        #expect(try watches().count == before.count + 1)
        let reading = Task { for await _ in ticks {} }
        reading.cancel()
        await reading.value
        // The event loop closes the descriptor in its own time.
        while try watches().count > before.count { await Task.yield() }
    }

    @Test("what is no directory cannot be watched") func refused() async throws {
        try folder.put("x", in: "file")
        for name in ["file", "missing"] {
            let error = await #expect(throws: HostError.self) { try await DirectoryWatch.ticks(of: folder(name)) }
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
