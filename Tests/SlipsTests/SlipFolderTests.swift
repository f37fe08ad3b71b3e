import Foundation
import Host
import Synchronization
import Testing

@testable import Slips

@Suite struct SlipFolderTests {
    private let root = "/tmp/kamkap-slips-\(UInt32.random(in: 0 ... .max))"
    private var path: String { root + "/lib/slips" }

    private final class Watch: Sendable {
        private let time = Mutex(ContinuousClock.now)

        var now: ContinuousClock.Instant { time.withLock(\.self) }
        func pass(_ duration: Duration) { time.withLock { $0 += duration } }
    }

    private func withFolder(_ body: (SlipFolder, Watch) async throws -> Void) async throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        let watch = Watch()
        try await body(try SlipFolder(path, now: { watch.now }), watch)
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }

    @Test("a picture is for the gateway's user alone, and is read again as it was") func kept() async throws {
        try await withFolder { folder, _ in
            try await folder.keep([1, 2, 3], named: "a.jpg")
            #expect(try mode(path) == 0o700)
            #expect(try mode(path + "/a.jpg") == 0o600)
            #expect(try await folder.image(named: "a.jpg") == [1, 2, 3])
            #expect(try names() == ["a.jpg"])
        }
    }

    @Test("no picture takes the place of another") func taken() async throws {
        try await withFolder { folder, _ in
            try await folder.keep([1], named: "a.jpg")
            let error = await #expect(throws: SlipFolderError.self) { try await folder.keep([2], named: "a.jpg") }
            #expect(error?.code == .unusable)
            #expect(try await folder.image(named: "a.jpg") == [1])
            #expect(try names() == ["a.jpg"])
        }
    }

    @Test("a picture that is removed is gone, and removing it again is no fault") func removed() async throws {
        try await withFolder { folder, _ in
            try await folder.keep([1], named: "a.jpg")
            try await folder.remove("a.jpg")
            try await folder.remove("a.jpg")
            let error = await #expect(throws: SlipFolderError.self) { try await folder.image(named: "a.jpg") }
            #expect(error?.code == .missing)
        }
    }

    @Test("a folder that somebody has removed is made again; its pictures are missing") func lost() async throws {
        try await withFolder { folder, watch in
            try await folder.keep([1], named: "a.jpg")
            #expect(try await folder.names(olderThan: .zero) == ["a.jpg"])
            try FileManager.default.removeItem(atPath: root)
            let error = await #expect(throws: SlipFolderError.self) { try await folder.image(named: "a.jpg") }
            #expect(error?.code == .missing)
            try await folder.remove("a.jpg")
            #expect(try await folder.names(olderThan: .zero) == [])
            try await folder.keep([1], named: "b.jpg")
            #expect(try await folder.image(named: "b.jpg") == [1])
            #expect(try mode(path) == 0o700)
        }
    }

    @Test("a name leads nowhere else", arguments: ["", ".", "..", "../a", "/etc/passwd", "a/b", "a\0b", ".tmp-1"])
    func places(name: String) async throws {
        try await withFolder { folder, _ in
            try Data("s".utf8).write(to: URL(filePath: root + "/a"))
            let kept = await #expect(throws: SlipFolderError.self) { try await folder.keep([1], named: name) }
            #expect(kept?.code == .unusable)
            await #expect(throws: SlipFolderError.self) { try await folder.image(named: name) }
            await #expect(throws: SlipFolderError.self) { try await folder.remove(name) }
            #expect(try names() == [])
            #expect(FileManager.default.fileExists(atPath: root + "/a"))
        }
    }

    @Test("a link in the folder is not followed") func links() async throws {
        try await withFolder { folder, _ in
            try Data("s".utf8).write(to: URL(filePath: root + "/a"))
            try FileManager.default.createSymbolicLink(atPath: path + "/b.jpg", withDestinationPath: root + "/a")
            let error = await #expect(throws: SlipFolderError.self) { try await folder.image(named: "b.jpg") }
            #expect(error?.code == .unusable)
            #expect(try await folder.names(olderThan: .zero) == [])
        }
    }

    @Test("a file that cannot be written is told of, and leaves nothing") func unwritable() async throws {
        try await withFolder { folder, _ in
            try FileManager.default.removeItem(atPath: path)
            try Data().write(to: URL(filePath: path))
            let error = await #expect(throws: SlipFolderError.self) { try await folder.keep([1], named: "a.jpg") }
            #expect(error?.code == .unusable)
            #expect(error?.message.contains(path) == true)
        }
    }

    @Test(
        "what a write that was cut short left is no picture, and is swept by the first look or before the first picture"
    )
    func drafts() async throws {
        try await withFolder { folder, watch in
            try Data("x".utf8).write(to: URL(filePath: path + "/.tmp-1-2"))
            watch.pass(.seconds(7_200))
            #expect(try await folder.names(olderThan: .zero) == [])
            #expect(try names() == [])
            try await folder.keep([1], named: "a.jpg")
            #expect(try names() == ["a.jpg"])
        }
    }

    @Test("a file's age counts from when it was first seen, whatever its own times say") func ages() async throws {
        try await withFolder { folder, watch in
            try await folder.keep([1], named: "a.jpg")
            let old = [FileAttributeKey.modificationDate: Date(timeIntervalSince1970: 0)]
            try FileManager.default.setAttributes(old, ofItemAtPath: path + "/a.jpg")
            #expect(try await folder.names(olderThan: .seconds(3_600)) == [])
            watch.pass(.seconds(1_800))
            try await folder.keep([1], named: "b.jpg")
            #expect(try await folder.names(olderThan: .seconds(3_600)) == [])
            watch.pass(.seconds(1_800))
            #expect(try await folder.names(olderThan: .seconds(3_600)) == ["a.jpg"])
            watch.pass(.seconds(1_800))
            #expect(try await folder.names(olderThan: .seconds(3_600)) == ["a.jpg", "b.jpg"])
            // One of the same name is another file.
            try await folder.remove("a.jpg")
            #expect(try await folder.names(olderThan: .seconds(3_600)) == ["b.jpg"])
            try await folder.keep([1], named: "a.jpg")
            #expect(try await folder.names(olderThan: .seconds(3_600)) == ["b.jpg"])
        }
    }
}
