import Foundation
import Testing

@testable import Simulators

@Suite(.timeLimit(.minutes(1))) struct ScanlyIQUploadTests {
    typealias File = ScanlyIQCaller.File

    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1]
    private static let webp: [UInt8] = Array("RIFF".utf8) + [1, 0, 0, 0] + Array("WEBP".utf8)

    @Test("several files of every kind are taken, each with an id, its name and its size")
    func taken() async throws {
        try await withScanlyIQ { scanly async throws in
            let files = [
                File(), File(name: "b.png", type: "image/png", bytes: Self.png),
                File(name: "c.webp", type: "image/webp", bytes: Self.webp),
            ]
            let uploads = try await scanly.upload(files).objects("uploads")
            #expect(uploads.map { $0["fileName"] as? String } == ["slip1.jpg", "b.png", "c.webp"])
            #expect(uploads.map { $0["fileSize"] as? Int } == files.map(\.bytes.count))
            #expect(Set(uploads.map { $0["id"] as? String }).count == 3)
            let digests = await Set(scanly.simulator.keptUploads().map(\.digest))
            #expect(digests == Set(files.map { ScanlyIQSimulator.digest(of: $0.bytes) }))
        }
    }

    @Test(
        "a file that the page does not take is refused, and the others with it",
        arguments: [
            [File(bytes: Array("<html>".utf8))], [File(type: "image/png")], [File(type: "image/gif")],
            [File(field: "file")], [File(field: "files")], [File(name: "")], [],
            [File(), File(bytes: Array("%PDF".utf8))],
        ])
    func refused(files: [File]) async throws {
        try await withScanlyIQ { scanly async throws in
            #expect(try await scanly.upload(files).status == 400)
            #expect(await scanly.simulator.keptUploads().isEmpty)
        }
    }

    @Test("50 files and 50 MB are taken, and not one more")
    func sizes() async throws {
        try await withScanlyIQ { scanly async throws in
            let jpeg = [0xFF, 0xD8, 0xFF] as [UInt8]
            let longest = jpeg + [UInt8](repeating: 7, count: 50_000_000 - 3)
            #expect(try await scanly.upload(Array(repeating: File(bytes: jpeg), count: 50)).status == 200)
            #expect(try await scanly.upload(Array(repeating: File(bytes: jpeg), count: 51)).status == 400)
            #expect(try await scanly.upload([File(bytes: longest)]).status == 200)
            #expect(try await scanly.upload([File(bytes: longest + [7])]).status == 400)
        }
    }

    @Test("a body that is no form is refused")
    func noForm() async throws {
        try await withScanlyIQ { scanly async throws in
            for (body, type, status) in [
                ("{}", "application/json", 415), ("--x--", "multipart/form-data", 400),
                ("--y--\r\n", "multipart/form-data; boundary=x", 400),
            ] {
                let answer = try await scanly.call("POST", "/api/upload/slip", Array(body.utf8), type: type)
                #expect(answer.status == status, "\(body)")
            }
        }
    }

    @Test("a form is read to the byte, whatever its files hold")
    func bytes() throws {
        let awkward: [UInt8] = Array("\r\n--bound\r\n\r\n--boundar".utf8) + [0, 0xFF, 0x0D, 0x0A]
        let body = ScanlyIQCaller.form([File(bytes: awkward), File(bytes: [])])
        let parts = try FormParts.read(body, type: #"multipart/form-data; charset=utf-8; boundary="----boundary""#)
        #expect(parts.map(\.bytes) == [awkward, []])
        #expect(parts.map(\.name) == ["files[]", "files[]"] && parts.map(\.fileName) == ["slip1.jpg", "slip1.jpg"])
    }

    @Test(
        "a form with a fault is none",
        arguments: [
            "--x", "--x\n--x--", "--x\r\nA: b\r\n\r\ntext", "--x\r\nA: b\r\n--x--",
            "--x\r\nContent-Disposition: form-data\r\n\r\ntext\r\n--x--",
            "--x\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\ntext\r\n--x--",
            "--x\r\nno field\r\n\r\ntext\r\n--x--",
            "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ntext\r\n--xx",
        ])
    func faults(body: String) {
        #expect(throws: Refusal.self) { try FormParts.read(Array(body.utf8), type: "multipart/form-data; boundary=x") }
    }
}
