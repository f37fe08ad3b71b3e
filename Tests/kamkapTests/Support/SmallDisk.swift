import Foundation

/// A disk of 4 MiB of its own for one folder of a gateway, which ends with the gateway.
enum SmallDisk {
    /// Whether this user may mount.
    static let mayMount: Bool = {
        let probe = Process()
        probe.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
        probe.arguments = ["--mount", "/bin/mount", "-t", "tmpfs", "kamkap-test", "/mnt"]
        probe.standardError = FileHandle.nullDevice
        guard (try? probe.run()) != nil else { return false }
        probe.waitUntilExit()
        return probe.terminationStatus == 0
    }()

    /// Turns into the gateway, with the disk at `folder`, which is there already.
    ///
    /// - Parameter ballast: MiB of the disk that are in use.
    static func wrapper(at folder: String, ballast: Int) -> [String] {
        [
            "/usr/bin/unshare", "--mount", "/bin/sh", "-c",
            "mount -t tmpfs -o size=4m,mode=700 kamkap-test \"$0\" && dd if=/dev/zero of=\"$0/ballast\" bs=1M count=\(ballast) 2>/dev/null; exec \"$@\"",
            folder,
        ]
    }

    /// Turns into the gateway, which can only read `folder`.
    static func readOnlyWrapper(at folder: String) -> [String] {
        [
            "/usr/bin/unshare", "--mount", "/bin/sh", "-c",
            "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" && exec \"$@\"", folder,
        ]
    }

    /// A file of the disk, as the test sees it.
    static func path(of folder: String, _ name: String, in gateway: RunningGateway) -> String {
        "/proc/\(gateway.processID)/root\(folder)/\(name)"
    }
}
