import Foundation
import Host
import Testing

@Suite(.timeLimit(.minutes(1))) struct DurableFileTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("a new file has its bytes and its mode, and nothing else is left") func write() async throws {
        #expect(try await DurableFile.write([1, 2, 3], to: folder.place("a.json")) == folder.place("a.json"))
        let access = try FileAccess(mode: 0o666)
        #expect(try await DurableFile.write([], to: folder.place("b.json"), access: access) == folder.place("b.json"))
        #expect(try folder.bytes(of: "a.json") == [1, 2, 3])
        #expect(try folder.mode(of: "a.json") == 0o600)
        #expect(try folder.mode(of: "b.json") == 0o666)
        #expect(try folder.names == ["a.json", "b.json"])
    }

    @Test("a name that is taken is refused, or gets a number; nothing is overwritten") func collision() async throws {
        try folder.put("first", in: "a.json")
        let error = await #expect(throws: HostError.self) {
            try await DurableFile.write([2], to: folder.place("a.json"))
        }
        #expect(error?.code == .alreadyExists)
        #expect(
            try await DurableFile.write([2], to: folder.place("a.json"), collision: .number) == folder.place("a-1.json")
        )
        #expect(
            try await DurableFile.write([3], to: folder.place("a.json"), collision: .number) == folder.place("a-2.json")
        )
        #expect(try folder.bytes(of: "a.json") == Array("first".utf8))
        #expect(try folder.names == ["a-1.json", "a-2.json", "a.json"])
    }

    @Test(
        "a number stands before the ending",
        arguments: [
            ("a.b.json", "a.b-1.json"), ("plain", "plain-1"), (".hidden", ".hidden-1"), ("ใบ.json", "ใบ-1.json"),
        ])
    func numbers(name: String, numbered: String) async throws {
        try folder.put("x", in: name)
        #expect(try await DurableFile.write([1], to: folder.place(name), collision: .number) == folder.place(numbered))
    }

    @Test("a file is moved between directories without overwriting") func move() async throws {
        try FileManager.default.createDirectory(atPath: folder("accepted"), withIntermediateDirectories: false)
        for text in ["one", "two"] {
            try folder.put(text, in: "sale.json")
            _ = try await DurableFile.move(folder("sale.json"), to: folder("accepted/sale.json"))
        }
        #expect(try folder.names == ["accepted"])
        #expect(try folder.bytes(of: "accepted/sale.json") == Array("one".utf8))
        #expect(try folder.bytes(of: "accepted/sale-1.json") == Array("two".utf8))
    }

    @Test("many movers to one name each get a name of their own") func race() async throws {
        for number in 0..<40 { try folder.put("\(number)", in: "\(number)") }
        let paths = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<40 {
                group.addTask { try await DurableFile.move(folder("\(number)"), to: folder("sale.json")) }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(paths.count == 40)
        let texts = try paths.map { try String(contentsOfFile: $0, encoding: .utf8) }
        #expect(Set(texts) == Set((0..<40).map { "\($0)" }))
    }

    @Test("a move that fails leaves nothing behind") func moveRefused() async throws {
        let missing = await #expect(throws: HostError.self) {
            try await DurableFile.move(folder("missing"), to: folder("a"))
        }
        #expect(missing?.code == .notFound)
        try folder.put("x", in: "file")
        await #expect(throws: HostError.self) { try await DurableFile.move(folder("file"), to: folder("no/file")) }
        await #expect(throws: HostError.self) { try await DurableFile.move(folder("file"), to: folder("")) }
        try FileManager.default.createDirectory(atPath: folder("sub"), withIntermediateDirectories: false)
        await #expect(throws: HostError.self) { try await DurableFile.move(folder("sub"), to: folder("sub/sub")) }
        #expect(try folder.names == ["file", "sub"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder("sub")) == [])
    }

    @Test("a file is read up to its limit and not beyond") func limit() async throws {
        try folder.put("12345", in: "five")
        #expect(try await DurableFile.read(folder.place("five"), maxBytes: 5).bytes == Array("12345".utf8))
        let error = await #expect(throws: HostError.self) {
            try await DurableFile.read(folder.place("five"), maxBytes: 4)
        }
        #expect(error?.code == .tooLarge)
        let large = [UInt8](repeating: 7, count: 300_000)
        _ = try await DurableFile.write(large, to: folder.place("large"))
        #expect(try await DurableFile.read(folder.place("large"), maxBytes: 300_000).bytes == large)
    }

    @Test("a pipe, a directory, a socket, a device and a symlink are not read", arguments: 0..<5)
    func notRegular(kind: Int) async throws {
        try folder.put("x", in: "file")
        #expect(mkfifo(folder("pipe"), 0o600) == 0)
        try FileManager.default.createSymbolicLink(atPath: folder("link"), withDestinationPath: "file")
        let socket = try UnixSocket.bind(path: folder("socket"), mode: 0o600)
        let path = [folder("pipe"), folder.path, folder("socket"), "/dev/zero", folder("link")][kind]
        let place = try FilePlace(path: path)
        let error = await #expect(throws: HostError.self) { try await DurableFile.read(place, maxBytes: 10) }
        #expect(error?.code == .notARegularFile)
        close(socket.descriptor)
    }

    @Test("a file that is not there is not found") func missing() async throws {
        let error = await #expect(throws: HostError.self) {
            try await DurableFile.read(folder.place("no"), maxBytes: 10)
        }
        #expect(error?.code == .notFound)
        #expect(error?.errno == ENOENT)
    }

    @Test("free space is told, and a place that is missing is refused") func freeSpace() async throws {
        var about = statvfs()
        #expect(statvfs(folder.path, &about) == 0)
        let total = Int(about.f_blocks) * Int(about.f_frsize)
        #expect((1...total).contains(try await FreeSpace.available(at: folder.path)))
        let error = await #expect(throws: HostError.self) { try await FreeSpace.available(at: folder("missing")) }
        #expect(error?.code == .notFound)
    }
}
