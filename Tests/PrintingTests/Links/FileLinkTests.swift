import Foundation
import Printing
import Testing

@Suite struct FileLinkTests {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "kamkap-file-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Once for each run of the gateway.
    private let intoStep = ESCPOS().bringIntoStep(widthInDots: 576)

    @Test("papers are appended behind what ends one that an earlier run broke off, and confirmed as written")
    func appended() async throws {
        let path = folder.appending(path: "out.bin").path
        let printer = Printer(name: "file", device: .file(path: path))
        for paper in [[1, 2, 3], [4, 5]] as [[UInt8]] {
            let session = try await printer.open()
            #expect(await session.status == nil)
            #expect(await session.hasTakenBytes == false)
            try await session.send(paper)
            #expect(await session.hasTakenBytes)
            #expect(try await session.complete() == .written)
            await session.close()
            await session.close()
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == Data(intoStep + [1, 2, 3, 4, 5]))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("a large paper arrives whole") func large() async throws {
        let path = folder.appending(path: "large.bin").path
        let paper = (0..<1_000_003).map { UInt8(truncatingIfNeeded: $0) }
        let session = try await Printer(name: "file", device: .file(path: path)).open()
        try await session.send(paper)
        _ = try await session.complete()
        await session.close()
        #expect(try Data(contentsOf: URL(filePath: path)) == Data(intoStep + paper))
    }

    @Test("what is no regular file is refused", arguments: ["pipe", "directory", "missing/file"])
    func refused(name: String) async throws {
        let path = folder.appending(path: name).path
        if name == "pipe" { #expect(mkfifo(path, 0o600) == 0) }
        if name == "directory" {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        let error = await #expect(throws: PrintingError.self) {
            try await Printer(name: "file", device: .file(path: path)).open()
        }
        #expect(error?.code == .cannotConnect)
        #expect(error?.message.contains(path) == true)
    }

    @Test("a closed file takes no more") func closed() async throws {
        let link = FileLink(path: folder.appending(path: "closed.bin").path)
        let connection = try await link.connect(timeout: .seconds(1))
        await connection.close()
        let error = await #expect(throws: PrintingError.self) {
            try await connection.write([1], timeout: .seconds(1))
        }
        #expect(error?.code == .system)
    }
}
