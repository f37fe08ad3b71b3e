import Foundation
import Host
import Testing

@Suite(.timeLimit(.minutes(1))) struct LockFileTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func lockError(_ path: String) -> HostError? {
        do throws(HostError) {
            let lock = try LockFile(path: path)
            lock.release()
            return nil
        } catch {
            return error
        }
    }

    @Test("a held lock refuses a second one and names its holder; a released one does not") func held() throws {
        let path = folder("lock")
        let lock = try LockFile(path: path)
        let error = lockError(path)
        #expect(error?.code == .alreadyHeld)
        #expect(error?.message.contains("process \(getpid())") == true)
        #expect(error?.message.contains(path) == true)
        lock.release()
        #expect(lockError(path) == nil)
        #expect(try folder.mode(of: "lock") == 0o600)
        #expect(try folder.bytes(of: "lock") == Array("\(getpid())\n".utf8))
    }

    @Test("a lock that another process holds refuses us, until that process is gone") func otherProcess() throws {
        let path = folder("lock")
        let other = Process()
        other.executableURL = URL(filePath: "/usr/bin/flock")
        other.arguments = [path, "-c", "echo held; read line"]
        let (input, output) = (Pipe(), Pipe())
        other.standardInput = input
        other.standardOutput = output
        try other.run()
        #expect(try output.fileHandleForReading.read(upToCount: 5) == Data("held\n".utf8))
        #expect(lockError(path)?.code == .alreadyHeld)
        try input.fileHandleForWriting.close()
        other.waitUntilExit()
        #expect(lockError(path) == nil)
    }

    @Test("a lock file that cannot be is refused") func refused() throws {
        #expect(lockError(folder("missing/lock"))?.code == .notFound)
        try FileManager.default.createSymbolicLink(atPath: folder("link"), withDestinationPath: "elsewhere")
        #expect(lockError(folder("link"))?.code == .system)
        #expect(try folder.names == ["link"])
    }
}
