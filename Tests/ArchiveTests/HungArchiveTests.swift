import Dispatch
import Foundation
import Jobs
import Logging
import Sales
import ServiceLifecycle
import Testing

@testable import Archive
@testable import Host

/// An archive whose disk does not answer.
@Suite(.timeLimit(.minutes(1))) struct HungArchiveTests {
    private static let pdf = Array("%PDF-1.7\nan invoice\n%%EOF\n".utf8)

    /// - Parameter job: how long a job waits.
    private func withArchive(
        job: Duration, _ body: (FolderArchive, ArchivedFile) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kamkap-archive-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var limits = FolderArchive.Limits()
        (limits.job, limits.person) = (job, .milliseconds(500))
        let disk = SlowDisk()
        let archive = FolderArchive(folder: folder.path, reserve: 0, memory: .none, disk: disk, limits: limits)
        let file = ArchivedFile(try #require(DocumentFile("A-D1.pdf")), readiedAt: nil)
        let gate = DispatchSemaphore(value: 0)
        let (entered, entry) = AsyncStream.makeStream(of: Void.self)
        await withTaskGroup(of: Void.self) { group in
            for _ in 1...2 {
                group.addTask {
                    _ = try? await disk.use(within: .seconds(60)) { () throws(HostError) in
                        try await BlockingWork.run {
                            entry.yield()
                            gate.wait()
                        }
                    }
                }
            }
            var count = 0
            for await _ in entered {
                count += 1
                if count == 2 { break }
            }
            group.cancelAll()
        }
        do { try await body(archive, file) } catch {
            for _ in 1...2 { gate.signal() }
            throw error
        }
        for _ in 1...2 { gate.signal() }
        while disk.hangs(for: .zero) { await Task.yield() }
        var recovered = try? await archive.holds(file)
        // Its own calls may have taken the threads meanwhile.
        while recovered == nil { recovered = try? await archive.holds(file) }
        try await archive.keep(Self.pdf, as: file)
        #expect(archive.trouble == nil)
        #expect(try await archive.read(file) == Self.pdf)
    }

    @Test("an archive that hangs is told of, its trouble lasts, and it ends with the hang")
    func told() async throws {
        try await withArchive(job: .seconds(1)) { archive, file in
            let error = await #expect(throws: ArchiveError.self) { try await archive.holds(file) }
            #expect(error?.code == .unwritable && error?.message == "The disk has not answered for 1 s.")
            let first = try #require(archive.trouble)
            await #expect(throws: ArchiveError.self) { try await archive.keep(Self.pdf, as: file) }
            #expect(try #require(archive.trouble).lasting > first.lasting)
        }
    }

    @Test("somebody who waits for a file waits a moment, and then asks the provider")
    func read() async throws {
        try await withArchive(job: .seconds(60)) { archive, file in
            let begun = ContinuousClock.now
            for _ in 1...100 { await #expect(throws: ArchiveError.self) { try await archive.read(file) } }
            #expect(ContinuousClock.now - begun < .seconds(20))
            #expect(archive.trouble == nil)
        }
    }

    @Test("a stop does not wait for the disk, and is not taken for its fault")
    func stop() async throws {
        struct Worker: Service {
            let archive: FolderArchive
            let file: ArchivedFile
            let begun: AsyncStream<Void>.Continuation

            func run() async throws {
                begun.yield()
                let error = await #expect(throws: ArchiveError.self) { try await archive.holds(file) }
                #expect(error?.message == "The work was given up.")
            }
        }
        try await withArchive(job: .seconds(3_600)) { archive, file in
            let (stream, begun) = AsyncStream.makeStream(of: Void.self)
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: [
                        .init(
                            service: Worker(archive: archive, file: file, begun: begun),
                            successTerminationBehavior: .gracefullyShutdownGroup)
                    ], logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })))
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                for await _ in stream { break }
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
            }
            #expect(archive.trouble == nil)
        }
    }
}
