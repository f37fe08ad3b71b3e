import Foundation
import Testing

@testable import Host

@Suite(.timeLimit(.minutes(1))) struct FileMoveTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A folder on another file system than /tmp's; nil where this machine has none.
    private static let sharedMemory: String? = {
        var (one, other) = (stat(), stat())
        guard stat("/tmp", &one) == 0, stat("/dev/shm", &other) == 0, one.st_dev != other.st_dev else { return nil }
        return access("/dev/shm", W_OK) == 0 ? "/dev/shm" : nil
    }()

    /// Runs the body with a folder there.
    private func elsewhere(_ body: (String) async throws -> Void) async throws {
        let path = try #require(Self.sharedMemory) + "/kamkap-host-\(UInt32.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(path)
    }

    @Test(
        "a file is copied where it cannot be renamed, under a free name, and goes only then",
        .enabled(if: sharedMemory != nil, "needs /dev/shm on a disk of its own"))
    func otherDisk() async throws {
        try await elsewhere { path in
            let large = [UInt8](repeating: 7, count: 300_000)
            for number in ["", "-1", "-2"] {
                _ = try await DurableFile.write(large, to: folder.place("sale.json"), access: FileAccess(mode: 0o604))
                let target = try FilePlace(path: "\(path)/sale.json")
                let placed = try await DurableFile.move(
                    folder.place("sale.json"), to: target, access: FileAccess(mode: 0o640))
                #expect("\(placed)" == "\(path)/sale\(number).json")
                #expect(try await DurableFile.read(placed, maxBytes: .max).bytes == large)
                var about = stat()
                #expect(stat("\(placed)", &about) == 0)
                #expect(about.st_mode & 0o7777 == 0o640)
            }
            #expect(try folder.names == [])
            #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 3)
        }
    }

    @Test(
        "a file that another took the place of is not moved: it stays, on this disk and to another one",
        arguments: [false, true])
    func changed(toOtherDisk: Bool) async throws {
        guard !toOtherDisk || Self.sharedMemory != nil else { return }
        try folder.put("one", in: "sale.json")
        let read = try await DurableFile.read(folder.place("sale.json"), maxBytes: 10)
        try FileManager.default.removeItem(atPath: folder("sale.json"))
        try folder.put("other", in: "sale.json")
        let move = { (target: String) in
            let error = await #expect(throws: HostError.self) {
                try await DurableFile.move(
                    folder.place("sale.json"), to: try FilePlace(path: target), ifStill: read.state)
            }
            #expect(error?.code == .changed)
        }
        if toOtherDisk {
            try await elsewhere { await move("\($0)/sale.json") }
        } else {
            await move(folder("moved.json"))
        }
        #expect(try folder.names == ["sale.json"])
        #expect(try folder.bytes(of: "sale.json") == Array("other".utf8))
    }

    @Test("a file that is replaced while it is moved is never taken for the one that was read")
    func replacedMeanwhile() async throws {
        try FileManager.default.createDirectory(atPath: folder("accepted"), withIntermediateDirectories: false)
        try FileManager.default.createDirectory(atPath: folder("incoming"), withIntermediateDirectories: false)
        let accepted = try FilePlace(path: folder("accepted/sale.json"))
        let writing = Task.detached { [folder] in
            // A till that gives the same name again and again, whatever lies under it.
            for number in 0..<2_000 {
                try folder.put("\(number)", in: "draft")
                rename(folder("draft"), folder("incoming/sale.json"))
            }
            try folder.put("", in: "done")
        }
        var taken: [String] = []
        while true {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder("incoming"))
            if names.isEmpty, FileManager.default.fileExists(atPath: folder("done")) { break }
            // One that came back may have found its name taken.
            for name in names {
                let incoming = try FilePlace(path: folder("incoming/\(name)"))
                guard let read = try? await DurableFile.read(incoming, maxBytes: 9) else { continue }
                do {
                    _ = try await DurableFile.move(incoming, to: accepted, ifStill: read.state)
                    taken.append(String(decoding: read.bytes, as: UTF8.self))
                } catch {
                    guard error.code == .changed || error.code == .notFound else { throw error }
                }
            }
        }
        try await writing.value
        let kept = try FileManager.default.contentsOfDirectory(atPath: folder("accepted")).map {
            try String(contentsOfFile: folder("accepted/\($0)"), encoding: .utf8)
        }
        #expect(Set(taken).count == taken.count)
        #expect(Set(kept) == Set(taken))
        #expect(kept.count == taken.count)
    }

    @Test("ten thousand files of one name cost no more than the first") func tenThousand() async throws {
        for number in 0...10_000 {
            let name = number == 0 ? "sale.json" : "sale-\(number).json"
            guard symlink("nowhere", folder(name)) == 0 else { throw POSIXError(.EIO) }
        }
        let placed = try await DurableFile.write([1], to: folder.place("sale.json"), collision: .number)
        #expect("\(placed)" == folder("sale-10001.json"))
    }

    @Test("where a file system cannot rename without overwriting, a name is reserved first") func reserved() throws {
        try folder.put("one", in: "a")
        try folder.put("two", in: "b")
        #expect(try DurableFile.renamedOverReserved(folder.place("a"), folder.place("b")) == EEXIST)
        #expect(try DurableFile.renamedOverReserved(folder.place("a"), folder.place("c")) == 0)
        #expect(try DurableFile.renamedOverReserved(folder.place("no"), folder.place("d")) == ENOENT)
        #expect(try folder.names == ["b", "c"])
        #expect(try folder.bytes(of: "c") == Array("one".utf8))
    }

    @Test("a file that is written to while it is read is no file to take") func writtenTo() async throws {
        let (path, growing) = (folder("growing"), try folder.place("growing"))
        try folder.put(String(repeating: "x", count: 1 << 20), in: "growing")
        let stop = Task.detached {
            let file = open(path, O_WRONLY | O_APPEND)
            defer { close(file) }
            while !Task.isCancelled { write(file, "y", 1) }
        }
        defer { stop.cancel() }
        let deadline = ContinuousClock.now + .seconds(20)
        var codes: Set<HostError.Code> = []
        while !codes.contains(.changed), ContinuousClock.now < deadline {
            do { _ = try await DurableFile.read(growing, maxBytes: .max) } catch { codes.insert(error.code) }
        }
        #expect(codes == [.changed])
    }
}
