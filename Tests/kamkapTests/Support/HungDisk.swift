import Foundation

/// A disk that never answers, for one folder of a gateway: a file system whose server reads no request.
enum HungDisk {
    private static let mount =
        "exec 9<>/dev/fuse && mount -i -t fuse -o fd=9,rootmode=40000,user_id=0,group_id=0 kamkap-test \"$0\""

    /// Whether this user may mount one.
    static let mayMount: Bool = {
        let probe = Process()
        probe.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
        probe.arguments = ["--mount", "/bin/sh", "-c", mount, "/mnt"]
        probe.standardError = FileHandle.nullDevice
        guard (try? probe.run()) != nil else { return false }
        probe.waitUntilExit()
        return probe.terminationStatus == 0
    }()

    /// Turns into the gateway, with the disk at `folder`, which is there already.
    static func wrapper(at folder: String) -> [String] {
        ["/usr/bin/unshare", "--mount", "/bin/sh", "-c", "\(mount) && exec \"$@\"", folder]
    }

    /// Waits until the disk holds up so many threads of a gateway.
    static func untilHeld(_ count: Int, in gateway: RunningGateway) async throws {
        let tasks = "/proc/\(gateway.processID)/task"
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            let held = try FileManager.default.contentsOfDirectory(atPath: tasks).count {
                // A thread may have ended meanwhile.
                (try? String(contentsOfFile: "\(tasks)/\($0)/wchan", encoding: .utf8))?.contains("fuse") == true
            }
            if held >= count { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw FixtureError("the disk held up fewer than \(count) threads for 60 s:\n\(try gateway.logged())")
    }
}
