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

    @Test("what a write that was cut short left behind is removed, and nothing else")
    func drafts() async throws {
        let folder = try TemporaryFolder()
        for name in [".tmp-1-2", ".tmp-99-3", "kept.pdf", ".other"] { try folder.put("x", in: name) }
        try FileManager.default.createDirectory(atPath: folder(".tmp-folder"), withIntermediateDirectories: false)
        let drafts = Drafts()
        try await drafts.sweep(folder.path)
        #expect(try folder.names == [".other", ".tmp-folder", "kept.pdf"])
        // From then on it is somebody's who writes.
        try folder.put("x", in: ".tmp-1-2")
        try await drafts.sweep(folder.path)
        #expect(try folder.names.contains(".tmp-1-2"))
    }

    @Test("that a folder takes files is tried with one that does not stay")
    func tried() async throws {
        let folder = try TemporaryFolder()
        try await Drafts.tryWriting(70_000, in: folder.path)
        #expect(try folder.names == [])
        // Nobody makes files there, not even root.
        await #expect(throws: HostError.self) { try await Drafts.tryWriting(1, in: "/sys") }
    }

    @Test("a folder that is missing is made for its owner alone, and one that is there keeps its mode")
    func missing() async throws {
        let folder = try TemporaryFolder()
        try await Folder.makeMissing(folder("a/b"))
        #expect(try folder.mode(of: "a/b") == 0o700)
        try Folder.make(folder("a/b"), mode: 0o750, group: nil)
        try await Folder.makeMissing(folder("a/b"))
        #expect(try folder.mode(of: "a/b") == 0o750)
    }

    @Test("the nearest folder that is there is found, and a file in the way is said")
    func nearest() async throws {
        let folder = try TemporaryFolder()
        #expect(try await Folder.nearestWritable(to: folder("a/b/c")) == folder.path)
        #expect(try await Folder.nearestWritable(to: folder.path) == folder.path)
        try folder.put("x", in: "file")
        await #expect(throws: HostError.self) { try await Folder.nearestWritable(to: folder("file")) }
        await #expect(throws: HostError.self) { try await Folder.nearestWritable(to: folder("file/x")) }
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
