import Foundation
import Testing

@testable import Host

@Suite struct FolderTests {
    @Test("a folder is made with its parents, which are the owner's alone, and gets the mode that was asked for")
    func make() async throws {
        let folder = try TemporaryFolder()
        let root = folder.path
        let path = root + "/a/b/c"
        try Folder.make(path, mode: 0o770, group: nil)
        #expect(try folder.mode(of: "a/b/c") == 0o770)
        #expect(try folder.mode(of: "a/b") == 0o700)
        try Folder.make(path, mode: 0o750, group: nil)
        #expect(try folder.mode(of: "a/b/c") == 0o750)
    }

    @Test("a file in the way, an unknown group and a relative path that cannot be made are refused in words")
    func refused() async throws {
        let folder = try TemporaryFolder()
        let root = folder.path
        try Data().write(to: URL(fileURLWithPath: root + "/file"))
        #expect(throws: HostError.self) { try Folder.make(root + "/file", mode: 0o700, group: nil) }
        let error = #expect(throws: HostError.self) {
            try Folder.make(root + "/x", mode: 0o700, group: "no-such-group-here")
        }
        #expect(error?.code == .unknownGroup)
    }

    @Test("folders in one another are made for their owner alone, in a root that is there")
    func nested() async throws {
        let folder = try TemporaryFolder()
        for _ in 1...2 {
            #expect(try await Folder.makeNested(["2026", "11"], in: folder.path) == folder("2026/11"))
            #expect(try folder.mode(of: "2026") == 0o700)
            #expect(try folder.mode(of: "2026/11") == 0o700)
        }
        let gone = await #expect(throws: HostError.self) {
            try await Folder.makeNested(["2026"], in: folder("nowhere"))
        }
        #expect(gone?.code == .notFound)
        #expect(!Folder.exists(folder("nowhere")))
        try folder.put("x", in: "file")
        await #expect(throws: HostError.self) { try await Folder.makeNested(["file", "11"], in: folder.path) }
    }

    @Test("a disk that hangs has threads of its own: what is done there is done, and refused as elsewhere")
    func slowDisk() async throws {
        let folder = try TemporaryFolder()
        let place = try folder.place("a")
        let kept = try await SlowDisk.use { () throws(HostError) in
            try await DurableFile.write([1, 2], to: place)
        }
        #expect(kept == place)
        #expect(try folder.bytes(of: "a") == [1, 2])
        let refused = await #expect(throws: HostError.self) {
            try await SlowDisk.use { () throws(HostError) in try await DurableFile.write([3], to: place) }
        }
        #expect(refused?.code == .alreadyExists)
    }

    @Test("what a write that was cut short left behind is removed, and nothing else")
    func drafts() async throws {
        let folder = try TemporaryFolder()
        for name in [".tmp-1-2", ".tmp-99-3", "kept.pdf", ".other"] { try folder.put("x", in: name) }
        try FileManager.default.createDirectory(atPath: folder(".tmp-folder"), withIntermediateDirectories: false)
        try await Folder.removeDrafts(in: folder.path)
        #expect(try folder.names == [".other", ".tmp-folder", "kept.pdf"])
    }

    @Test("entries come in the order of their names, each with its kind, and links are not followed")
    func list() async throws {
        let folder = try TemporaryFolder()
        let root = folder.path
        try Data("x".utf8).write(to: URL(fileURLWithPath: root + "/b.json"))
        try FileManager.default.createDirectory(atPath: root + "/a", withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(atPath: root + "/c", withDestinationPath: root + "/b.json")
        let items = try await Folder.list(root)
        #expect(items.map(\.name.description) == ["a", "b.json", "c"])
        #expect(items.map(\.kind) == [.directory, .file, .symbolicLink])
        await #expect(throws: HostError.self) { try await Folder.list(root + "/nowhere") }
    }

    @Test("what came in before the limit is removed, whatever date its file carries, and nothing else")
    func prune() async throws {
        let folder = try TemporaryFolder()
        let root = folder.path
        let file = root + "/old.json"
        try Data("x".utf8).write(to: URL(fileURLWithPath: file))
        try FileManager.default.setAttributes([.modificationDate: Date.distantPast], ofItemAtPath: file)
        #expect(try await Folder.removeFiles(in: root, changedBefore: Date() - 60, atMost: 9) == 0)
        try FileManager.default.createDirectory(atPath: root + "/folder", withIntermediateDirectories: false)
        #expect(try await Folder.removeFiles(in: root, changedBefore: Date() + 60, atMost: 0) == 0)
        #expect(try await Folder.removeFiles(in: root, changedBefore: Date() + 60, atMost: 9) == 1)
        #expect(try await Folder.list(root).map(\.name.description) == ["folder"])
    }

    @Test("names are bytes: one that is no UTF-8 is listed, and leads to its file")
    func names() async throws {
        let folder = try TemporaryFolder()
        // ใบ.json in TIS-620.
        let name = try #require(FileName(bytes: [0xE3, 0xBA] + Array(".json".utf8)))
        let place = FilePlace(folder.path, name)
        _ = try await DurableFile.write([1], to: place)
        let items = try await Folder.list(folder.path)
        #expect(items.map(\.name) == [name])
        #expect(items.map(\.kind) == [.file])
        #expect(try await DurableFile.read(place, maxBytes: 1).bytes == [1])
        #expect(try await Folder.item(place)?.state.hasSameContent(as: items[0].state) == true)
        #expect(try await Folder.removeFiles(in: folder.path, changedBefore: Date() + 60, atMost: 9) == 1)
        #expect(try await Folder.item(place) == nil)
    }

    @Test("a folder that is as it should be keeps its set-group-ID bit") func setGroupID() async throws {
        let folder = try TemporaryFolder()
        try Folder.make(folder("in"), mode: 0o770, group: nil)
        #expect(chmod(folder("in"), 0o2770) == 0)
        try Folder.make(folder("in"), mode: 0o770, group: nil)
        var about = stat()
        #expect(stat(folder("in"), &about) == 0)
        #expect(about.st_mode & 0o7777 == 0o2770)
    }
}
