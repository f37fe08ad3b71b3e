import Foundation
import Jobs
import Sales
import Testing

@testable import Archive

@Suite struct FolderArchiveTests {
    private static let pdf = Array("%PDF-1.7\nan invoice\n%%EOF\n".utf8)
    private static let xml = Array("<?xml version=\"1.0\"?><invoice/>".utf8)
    /// Still October in UTC, and November in Bangkok.
    private static let made = Date(timeIntervalSince1970: 1_793_466_000)

    private func withFolder(_ body: (URL, FolderArchive) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kamkap-archive-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder, FolderArchive(folder: folder.path, reserve: 0))
    }

    private func file(_ text: String, _ readiedAt: Date? = made) throws -> ArchivedFile {
        ArchivedFile(try #require(DocumentFile(text)), readiedAt: readiedAt)
    }

    private func mode(_ path: String, in folder: URL) throws -> Int? {
        let path = folder.appending(path: path).path
        return try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func names(_ folder: URL, _ path: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: path).path).sorted()
    }

    @Test("a file stands under its month in Bangkok and its document's id, for its owner alone")
    func place() async throws {
        try await withFolder { folder, archive in
            let pdf = try file("SHOP/1-D1.pdf")
            #expect(try await !archive.holds(pdf))
            try await archive.keep(Self.pdf, as: pdf)
            let xml = try file("SHOP/1-D1.xml")
            try await archive.keep(Self.xml, as: xml)
            #expect(try names(folder, "2026/11") == ["SHOP%2F1-D1.pdf", "SHOP%2F1-D1.xml"])
            #expect(try mode("2026", in: folder) == 0o700)
            #expect(try mode("2026/11", in: folder) == 0o700)
            #expect(try mode("2026/11/SHOP%2F1-D1.pdf", in: folder) == 0o600)
            #expect(try await archive.holds(pdf))
            #expect(try await archive.holds(xml))
            #expect(try await archive.read(pdf) == Self.pdf)
            #expect(try await archive.read(file("SHOP-1-D1.pdf")) == nil)
            try await archive.keep(Self.pdf, as: file("X-D1.pdf", nil))
            #expect(try names(folder, "undated") == ["X-D1.pdf"])
            #expect(archive.trouble == nil)
        }
    }

    @Test("nothing is overwritten, and what is no file of its form is put aside")
    func taken() async throws {
        try await withFolder { folder, archive in
            let pdf = try file("A-D1.pdf")
            try await archive.keep(Self.pdf, as: pdf)
            let error = await #expect(throws: ArchiveError.self) { try await archive.keep(Self.pdf + [10], as: pdf) }
            #expect(error?.code == .unwritable)
            #expect(try await archive.read(pdf) == Self.pdf)
            try Data(Self.pdf.dropLast(8)).write(to: folder.appending(path: "2026/11/A-D1.pdf"))
            #expect(try await !archive.holds(pdf))
            try await archive.keep(Self.pdf, as: pdf)
            #expect(try names(folder, "2026/11") == ["A-D1.faulty", "A-D1.pdf"])
            #expect(try await archive.holds(pdf))
        }
    }

    @Test("a folder that is gone is not made again: nobody knows what disk it was on")
    func gone() async throws {
        try await withFolder { folder, archive in
            let pdf = try file("A-D1.pdf")
            try await archive.keep(Self.pdf, as: pdf)
            let away = folder.path + "-away"
            try FileManager.default.moveItem(atPath: folder.path, toPath: away)
            defer { try? FileManager.default.removeItem(atPath: away) }
            let asked = await #expect(throws: ArchiveError.self) { try await archive.holds(pdf) }
            let put = await #expect(throws: ArchiveError.self) { try await archive.keep(Self.pdf, as: pdf) }
            #expect(asked?.code == .unwritable && put?.code == .unwritable)
            let error = await #expect(throws: ArchiveError.self) { try await archive.read(pdf) }
            #expect(error?.message.contains(folder.path) == true)
            #expect(archive.trouble?.error.code == .unwritable)
            #expect(!FileManager.default.fileExists(atPath: folder.path))
            try FileManager.default.moveItem(atPath: away, toPath: folder.path)
            #expect(try await archive.holds(pdf))
            #expect(archive.trouble == nil)
        }
    }

    @Test("the room that sales need stays free, and the trouble lasts from its first moment")
    func reserve() async throws {
        try await withFolder { folder, _ in
            let archive = FolderArchive(folder: folder.path, reserve: 1 << 60)
            let pdf = try file("A-D1.pdf")
            for _ in 1...2 {
                let error = await #expect(throws: ArchiveError.self) { try await archive.holds(pdf) }
                #expect(error?.code == .full)
            }
            let first = try #require(archive.trouble)
            await #expect(throws: ArchiveError.self) { try await archive.keep(Self.pdf, as: pdf) }
            let second = try #require(archive.trouble)
            #expect(second.lasting >= first.lasting)
            #expect(try names(folder, "2026/11").isEmpty)
        }
    }

    @Test("a month's folder that takes no file says so before anything is fetched, until a file is kept in it")
    func takesNothing() async throws {
        try await withFolder { folder, archive in
            let pdf = try file("A-D1.pdf")
            // Nobody makes files there, not even root.
            let month = folder.appending(path: "2026/11").path
            try FileManager.default.createDirectory(
                at: folder.appending(path: "2026"), withIntermediateDirectories: false)
            try FileManager.default.createSymbolicLink(atPath: month, withDestinationPath: "/sys")
            await #expect(throws: ArchiveError.self) { try await archive.holds(pdf) }
            let first = try #require(archive.trouble)
            #expect(first.error.code == .unwritable)
            await #expect(throws: ArchiveError.self) { try await archive.holds(pdf) }
            await #expect(throws: ArchiveError.self) { try await archive.keep(Self.pdf, as: pdf) }
            try FileManager.default.removeItem(atPath: month)
            // That it could be written now is a guess.
            #expect(try await !archive.holds(pdf))
            let last = try #require(archive.trouble)
            #expect(last.lasting > first.lasting)
            try await archive.keep(Self.pdf, as: pdf)
            #expect(archive.trouble == nil)
            #expect(try names(folder, "2026/11") == ["A-D1.pdf"])

            try FileManager.default.moveItem(atPath: month, toPath: month + "-away")
            try FileManager.default.createSymbolicLink(atPath: month, withDestinationPath: "/sys")
            // Nothing is tried while all is well.
            #expect(try await !archive.holds(pdf))
            await #expect(throws: ArchiveError.self) { try await archive.keep(Self.pdf, as: pdf) }
            await #expect(throws: ArchiveError.self) { try await archive.holds(pdf) }
            try FileManager.default.removeItem(atPath: month)
            try FileManager.default.moveItem(atPath: month + "-away", toPath: month)
            #expect(try await archive.holds(pdf))
            #expect(archive.trouble == nil)
        }
    }

    @Test("what a run that was killed left half-written is gone once its month is used again")
    func drafts() async throws {
        try await withFolder { folder, archive in
            try await archive.keep(Self.pdf, as: try file("A-D1.pdf"))
            try Data("%PDF-".utf8).write(to: folder.appending(path: "2026/11/.tmp-1-2"))
            let next = FolderArchive(folder: folder.path, reserve: 0)
            try await next.keep(Self.pdf, as: try file("A-D2.pdf"))
            #expect(try names(folder, "2026/11") == ["A-D1.pdf", "A-D2.pdf"])
        }
    }
}
