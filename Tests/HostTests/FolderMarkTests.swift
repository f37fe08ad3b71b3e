import Foundation
import Testing

@testable import Host

@Suite struct FolderMarkTests {
    private let folder: TemporaryFolder
    private let mark: FolderMark

    init() throws {
        folder = try TemporaryFolder()
        mark = FolderMark(try folder.place(".mark"))
    }

    @Test("a mark is written once, for its owner alone, and is read without the white space around it")
    func once() async throws {
        #expect(try await mark.text() == nil)
        #expect(try await mark.make("one") == "one")
        #expect(try await mark.make("two") == "one")
        #expect(try folder.bytes(of: ".mark") == Array("one\n".utf8))
        #expect(try folder.mode(of: ".mark") == 0o600)
        #expect(try folder.names == [".mark"])
    }

    @Test("an empty mark is somebody's wish to have it written", arguments: ["", " \n"])
    func empty(_ text: String) async throws {
        try folder.put(text, in: ".mark")
        #expect(try await mark.text() == "")
        #expect(try await mark.make("one") == "one")
        #expect(try await mark.text() == "one")
        #expect(try folder.names == [".mark"])
    }

    @Test("of many who write it at the same time one wins, and all know that")
    func race() async throws {
        let mark = mark
        let seen = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 1...20 { group.addTask { try await mark.make("\(number)") } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(seen.count == 1)
        #expect(try await mark.text() == seen.first)
        #expect(try folder.names == [".mark"])
    }

    @Test("what is no small file is refused")
    func refused() async throws {
        try folder.put(String(repeating: "x", count: 2_000), in: ".mark")
        let large = await #expect(throws: HostError.self) { try await mark.text() }
        #expect(large?.code == .tooLarge)
        let nowhere = FolderMark(FilePlace(folder("nowhere"), mark.place.name))
        #expect(try await nowhere.text() == nil)
        await #expect(throws: HostError.self) { try await nowhere.make("x") }
    }
}
