import Foundation
import GatewayAPI
import JSON
import Testing

@testable import Host
@testable import Intake

@Suite struct SpoolDirectoryTests {
    private let problem = Problem(.invalidSale, status: 422, title: "The request is not valid", detail: "1 fault")

    private func spool(
        mode: UInt32 = 0o770, group: String? = nil, _ body: (SpoolDirectory, String) async throws -> Void
    ) async throws {
        let root = "/tmp/kk-\(UUID().uuidString.prefix(8))"
        defer { try? FileManager.default.removeItem(atPath: root) }
        try await body(try SpoolDirectory(root: root, mode: mode, group: group), root)
    }

    private func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    private func mode(_ path: String) -> mode_t {
        var about = stat()
        return stat(path, &about) == 0 ? about.st_mode & 0o7777 : 0
    }

    private func put(_ name: String, _ directory: SpoolDirectory) async throws -> (FileName, FileState) {
        let name = try #require(FileName(name))
        _ = try await DurableFile.write(Array("{}".utf8), to: FilePlace(directory.incoming, name))
        return (name, try await directory.read(name, maximum: 10).state)
    }

    @Test(
        "whom incoming/ lets in as the group may read what became of its files, and nobody else",
        arguments: [
            (0o770, 0o750, 0o640), (0o730, 0o750, 0o640), (0o700, 0o700, 0o600), (0o777, 0o750, 0o640),
        ] as [(UInt32, mode_t, mode_t)])
    func modes(incoming: UInt32, folder: mode_t, file: mode_t) async throws {
        try await spool(mode: incoming) { directory, root in
            let (a, aState) = try await put("a.json", directory)
            try await directory.accept(a, aState)
            let (b, bState) = try await put("b.json", directory)
            try await directory.reject(b, bState, because: problem)
            #expect(mode(directory.incoming) == mode_t(incoming))
            #expect(mode(directory.accepted) == folder)
            #expect(mode(directory.rejected) == folder)
            #expect(mode(directory.accepted + "/a.json") == file)
            #expect(mode(directory.rejected + "/b.json") == file)
            #expect(mode(directory.rejected + "/b.problem.json") == file)
        }
    }

    @Test("what became of the files belongs to the spool's group, so that a till reads why its file was refused")
    func ofTheGroup() async throws {
        var entry = try #require(getgrgid(getgid())?.pointee)
        // Only root may give a file to a group it is not in.
        if getuid() == 0 { entry = try #require(getgrnam("daemon")?.pointee) }
        let (number, name) = (entry.gr_gid, String(cString: entry.gr_name))
        try await spool(group: name) { directory, _ in
            let (a, aState) = try await put("a.json", directory)
            try await directory.accept(a, aState)
            let (b, bState) = try await put("b.json", directory)
            try await directory.reject(b, bState, because: problem)
            for path in [
                directory.incoming, directory.accepted, directory.rejected, directory.accepted + "/a.json",
                directory.rejected + "/b.json", directory.rejected + "/b.problem.json",
            ] {
                var about = stat()
                #expect(stat(path, &about) == 0)
                #expect(about.st_gid == number, "\(path)")
            }
        }
    }

    @Test("a refused file and its explanation have one number, whichever of the two names is taken")
    func numbers() async throws {
        try await spool { directory, _ in
            for _ in 0..<3 {
                let (name, state) = try await put("a.json", directory)
                try await directory.reject(name, state, because: problem)
            }
            let (capital, state) = try await put("a.JSON", directory)
            try await directory.reject(capital, state, because: problem)
            #expect(
                try names(directory.rejected) == [
                    "a-1.json", "a-1.problem.json", "a-2.json", "a-2.problem.json", "a-3.JSON", "a-3.problem.json",
                    "a.json", "a.problem.json",
                ])
        }
    }

    @Test("a name that is as long as can be has its explanation all the same", arguments: ["n", "ก"])
    func longNames(letter: String) async throws {
        try await spool { directory, _ in
            let stem = String(repeating: letter, count: 250 / letter.utf8.count)
            for _ in 0..<2 {
                let (name, state) = try await put(stem + ".json", directory)
                try await directory.reject(name, state, because: problem)
            }
            let rejected = try names(directory.rejected)
            #expect(rejected.count == 4)
            for file in rejected where !file.hasSuffix(".problem.json") {
                #expect(rejected.contains(file.dropLast(5) + ".problem.json"), "\(file)")
            }
            for _ in 0..<2 {
                let (name, state) = try await put(stem + ".json", directory)
                try await directory.accept(name, state)
            }
            #expect(try names(directory.accepted).count == 2)
        }
    }

    @Test("ten thousand refusals of one name cost the next no more than the first") func tenThousand() async throws {
        try await spool { directory, _ in
            for number in 0...10_000 {
                let name = number == 0 ? "a" : "a-\(number)"
                #expect(symlink("nowhere", "\(directory.rejected)/\(name).json") == 0)
            }
            let (name, state) = try await put("a.json", directory)
            try await directory.reject(name, state, because: problem)
            #expect(mode("\(directory.rejected)/a-10001.problem.json") == 0o640)
        }
    }

    @Test("an explanation whose file a killed gateway left in incoming/ goes at the next start, and no other does")
    func leftovers() async throws {
        try await spool { directory, _ in
            let explanation = problem.json.bytes
            for name in ["killed.problem.json", "numbered-4.problem.json", "person-took-the-file.problem.json"] {
                _ = try await DurableFile.write(
                    explanation, to: FilePlace(directory.rejected, try #require(FileName(name))))
            }
            for name in ["killed.json", "numbered.json", "explained.json", "sale.json"] {
                _ = try await put(name, directory)
            }
            let (explained, state) = (
                try #require(FileName("explained.json")), try await directory.entries().first?.state
            )
            try await directory.reject(explained, try #require(state), because: problem)
            // A sale that is called so.
            _ = try await DurableFile.write(
                Array("{}".utf8), to: FilePlace(directory.rejected, try #require(FileName("sale.problem.json"))))
            _ = try await put("explained.json", directory)
            try await directory.removeLeftovers()
            #expect(
                try names(directory.rejected) == [
                    "explained.json", "explained.problem.json", "person-took-the-file.problem.json",
                    "sale.problem.json",
                ])
        }
    }

    @Test("a file that cannot be moved leaves no explanation behind") func notMoved() async throws {
        try await spool { directory, _ in
            let (name, state) = try await put("a.json", directory)
            try FileManager.default.removeItem(atPath: directory.incoming + "/a.json")
            let error = await #expect(throws: HostError.self) {
                try await directory.reject(name, state, because: problem)
            }
            #expect(error?.code == .notFound)
            #expect(try names(directory.rejected) == [])
        }
    }

    // MARK: Folders of other names

    private static let papers = SpoolFolders(accepted: "reading", rejected: "failed", known: "read")
    private static let note = JSONValue.object(["duplicate_of": .object(["number": .number(JSONNumber(1))])])

    private func paperSpool(_ body: (SpoolDirectory, String) async throws -> Void) async throws {
        let root = "/tmp/kk-\(UUID().uuidString.prefix(8))"
        defer { try? FileManager.default.removeItem(atPath: root) }
        try await body(
            try SpoolDirectory(root: root, endings: ["pdf", "tiff"], folders: Self.papers, mode: 0o770, group: nil),
            root)
    }

    @Test("an accepted file gets the name it is given, and a file that has it already is not replaced")
    func anotherName() async throws {
        try await paperSpool { directory, root in
            let digest = try #require(FileName("00ff.pdf"))
            let (a, aState) = try await put("a.pdf", directory)
            try await directory.accept(a, aState, as: digest)
            #expect(try names(root) == ["failed", "incoming", "read", "reading"])
            #expect(try names(directory.accepted) == ["00ff.pdf"])
            #expect(mode(root + "/read") == 0o750)
            let (b, bState) = try await put("b.pdf", directory)
            let error = await #expect(throws: HostError.self) {
                try await directory.accept(b, bState, as: digest)
            }
            #expect(error?.code == .alreadyExists)
            #expect(try names(directory.incoming) == ["b.pdf"])
        }
    }

    @Test("content that came before goes where its kind does, with a note beside it, and both have one number")
    func known() async throws {
        try await paperSpool { directory, root in
            for _ in 0..<2 {
                let (name, state) = try await put("a.pdf", directory)
                try await directory.acceptKnown(name, state, Self.note)
            }
            #expect(
                try names(root + "/read") == ["a-1.duplicate.json", "a-1.pdf", "a.duplicate.json", "a.pdf"])
            let bytes = try Data(contentsOf: URL(fileURLWithPath: root + "/read/a.duplicate.json"))
            #expect(try JSONParser.parse(Array(bytes)) == Self.note)
        }
    }

    @Test("a name of 255 bytes has its note all the same", arguments: ["n", "ก"])
    func longKnownNames(letter: String) async throws {
        try await paperSpool { directory, root in
            let stem = String(repeating: letter, count: 250 / letter.utf8.count)
            for _ in 0..<2 {
                let (name, state) = try await put(stem + ".tiff", directory)
                try await directory.acceptKnown(name, state, Self.note)
            }
            let read = try names(root + "/read")
            #expect(read.count == 4)
            for file in read where file.hasSuffix(".tiff") {
                #expect(read.contains(file.dropLast(5) + ".duplicate.json"), "\(file)")
            }
        }
    }

    @Test("a note whose file a killed gateway left in incoming/ goes at the next start, and a reading never does")
    func knownLeftovers() async throws {
        try await paperSpool { directory, root in
            for (name, text) in [
                ("killed.duplicate.json", Self.note.text), ("gone.duplicate.json", Self.note.text),
                ("odd.duplicate.json", "{}"), ("other.json", "{}"),
            ] {
                _ = try await DurableFile.write(
                    Array(text.utf8), to: FilePlace(root + "/read", try #require(FileName(name))))
            }
            for name in ["killed.pdf", "odd.pdf"] { _ = try await put(name, directory) }
            try await directory.removeLeftovers()
            #expect(try names(root + "/read") == ["gone.duplicate.json", "odd.duplicate.json", "other.json"])
        }
    }
}
