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

    @Test("entries come in the order of their names, each with its kind, and links are not followed")
    func list() async throws {
        let folder = try TemporaryFolder()
        let root = folder.path
        try Data("x".utf8).write(to: URL(fileURLWithPath: root + "/b.json"))
        try FileManager.default.createDirectory(atPath: root + "/a", withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(atPath: root + "/c", withDestinationPath: root + "/b.json")
        let items = try await Folder.list(root)
        #expect(items.map(\.name) == ["a", "b.json", "c"])
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
        #expect(try await Folder.removeFiles(in: root, olderThan: .seconds(60)) == 0)
        try FileManager.default.createDirectory(atPath: root + "/folder", withIntermediateDirectories: false)
        #expect(try await Folder.removeFiles(in: root, olderThan: .seconds(-60)) == 1)
        #expect(try await Folder.list(root).map(\.name) == ["folder"])
    }
}
