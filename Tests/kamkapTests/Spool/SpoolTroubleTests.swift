import Foundation
import GatewayAPI
import JSON
import NIOHTTP1
import Testing

/// What kept files in the spool, or lost them, while all seemed well: played on the real program.
@Suite(.timeLimit(.minutes(3))) struct SpoolTroubleTests {
    /// Turns into the gateway as a user of little rights; another than root, who may read and move everything.
    private static let asNobody = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    private static let isRoot = geteuid() == 0
    /// Turns into the gateway with a mount of its own at the folder that is named first.
    private static let withOwnMount = [
        "/usr/bin/unshare", "--mount", "/bin/sh", "-c",
        "mkdir -p \"$0\" && mount -t tmpfs -o size=4m,mode=750 kamkap-test \"$0\" && exec \"$@\"",
    ]
    /// Turns into the gateway where nobody gets an inotify instance.
    private static let withoutInotify = [
        "/usr/bin/unshare", "--user", "--map-root-user", "/bin/sh", "-c",
        "echo 0 >/proc/sys/user/max_inotify_instances && exec \"$0\" \"$@\"",
    ]

    private static func succeeds(_ command: [String]) -> Bool {
        let probe = Process()
        probe.executableURL = URL(fileURLWithPath: command[0])
        probe.arguments = Array(command[1...])
        probe.standardError = FileHandle.nullDevice
        guard (try? probe.run()) != nil else { return false }
        probe.waitUntilExit()
        return probe.terminationStatus == 0
    }
    private static let mayMount = succeeds(["/usr/bin/unshare", "--mount", "/bin/mount", "-t", "tmpfs", "x", "/mnt"])
    private static let mayForbidInotify = succeeds(withoutInotify + ["/bin/true"])

    private func status(_ store: Store) async throws -> StatusResource {
        try StatusResource(json: JSONParser.parse(await store.request(.GET, "/v1/status").body))
    }

    /// The alarms of a code, once there are any, or none where none is asked for.
    private func alarm(_ code: String, isRaised: Bool = true, in store: Store) async throws -> AlarmResource? {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            let alarms = try await status(store).alarms.filter { $0.code == code }
            if alarms.isEmpty != isRaised { return alarms.first }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw FixtureError("\(code) was \(isRaised ? "not raised" : "raised still") after 60 s")
    }

    private func until(_ what: String, _ isSo: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while try await !isSo() {
            if ContinuousClock.now > deadline { throw FixtureError("not so within 60 s: \(what)") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func isTaken(_ id: String, _ store: Store) async throws -> Bool {
        try await store.request(.GET, "/v1/sales/\(id)").status == 200
    }

    private func path(_ place: String, _ store: Store) -> String { store.spool.appendingPathComponent(place).path }

    private func metrics(_ store: Store) async throws -> String {
        String(decoding: try await store.request(.GET, "/metrics").body, as: UTF8.self)
    }

    @Test(
        "a file that the gateway may not read, and one that it may not move, are an alarm until they can be",
        .enabled(if: isRoot, "needs to be root, to become somebody else"))
    func permissions() async throws {
        try await Store.open { store in
            #expect(chown(store.folder.path, 65_534, 65_534) == 0)
            #expect(chown(store.configuration.path, 65_534, 65_534) == 0)
            #expect(chown(store.folder.appendingPathComponent("secret").path, 65_534, 65_534) == 0)
            let gateway = try await RunningGateway.start(in: store, wrapper: Self.asNobody)
            let unreadable = path("incoming/unreadable.json", store)
            for number in 0..<2 {
                let name = number == 0 ? unreadable : path("incoming/other.json", store)
                let file = open(name, O_WRONLY | O_CREAT | O_EXCL, 0o000)
                let bytes = Array(Store.unprinted("U-\(number)").utf8)
                #expect(bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) } == bytes.count)
                close(file)
            }
            let unread = try #require(try await alarm("spool-stuck", in: store))
            #expect(unread.count == 2)
            #expect(unread.reason == "cannot be read (permission denied)")
            #expect(unread.text.contains("other.json and 1 more cannot be read (permission denied)"))
            let told = try await store.command("status")
            #expect(told.status == 1)
            #expect(told.output.contains("\nspool          0 waiting, 2 stuck, 0 refused and not seen yet\n"))
            #expect(try await metrics(store).contains("\nkamkap_spool_files{state=\"stuck\"} 2\n"))
            for name in ["unreadable.json", "other.json"] {
                #expect(chmod(path("incoming/\(name)", store), 0o644) == 0)
            }
            #expect(try await alarm("spool-stuck", isRaised: false, in: store) == nil)
            for number in 0..<2 { #expect(try await isTaken("U-\(number)", store)) }

            #expect(chown(path("accepted", store), 0, 0) == 0)
            try Data(Store.unprinted("UNMOVED").utf8).write(
                to: URL(fileURLWithPath: path("incoming/unmoved.json", store)))
            let unmoved = try #require(try await alarm("spool-stuck", in: store))
            #expect(unmoved.reason == "cannot be moved to accepted/ (permission denied)")
            // Its sale is registered all the same.
            #expect(try await isTaken("UNMOVED", store))
            #expect(chown(path("accepted", store), 65_534, 65_534) == 0)
            #expect(try await alarm("spool-stuck", isRaised: false, in: store) == nil)
            #expect(!FileManager.default.fileExists(atPath: path("incoming/unmoved.json", store)))
            let log = try gateway.logged()
            let lines = { (reason: String) in log.components(separatedBy: "reason=\"\(reason)\"").count - 1 }
            // The second file may have come after the first was told of.
            #expect((1...2).contains(lines("cannot be read (permission denied)")), "\(log)")
            #expect(lines("cannot be moved to accepted/ (permission denied)") == 1, "\(log)")
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("what was refused is told of until somebody has seen it, over a restart as well") func refused() async throws
    {
        try await Store.open { store in
            let first = try await RunningGateway.start(in: store)
            for name in ["a", "b"] {
                let draft = path("incoming/.tmp-\(name)", store)
                try Data("{}".utf8).write(to: URL(fileURLWithPath: draft))
                #expect(rename(draft, path("incoming/\(name).json", store)) == 0)
            }
            try await until("both are counted") { try await alarm("spool-rejected", in: store)?.count == 2 }
            #expect(try await metrics(store).contains("\nkamkap_spool_rejected_total 2\n"))
            #expect(await first.stop() == 0)
            let second = try await RunningGateway.start(in: store)
            let kept = try #require(try await alarm("spool-rejected", in: store))
            #expect(kept.count == 2)
            #expect(kept.reason == "The sale is not valid")
            #expect(try await status(store).spool?.rejected == 2)
            let seen = try await store.command("status", "--acknowledge", "spool-rejected")
            #expect(seen.status == 0)
            #expect(seen.output.contains("\nspool          0 waiting, 0 stuck, 0 refused and not seen yet\n"))
            #expect(await second.stop() == 0)
            let third = try await RunningGateway.start(in: store)
            #expect(try await store.command("status").status == 0)
            #expect(await third.stop() == 0)
        }
    }

    @Test(
        "a till of the spool's group reads why its file was refused, and a stranger does not",
        .enabled(if: isRoot, "needs to be root, to become somebody else"))
    func group() async throws {
        // The group of whoever runs this: a gateway without the right to chown has no other to give.
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            try Data("{}".utf8).write(to: URL(fileURLWithPath: path("incoming/.tmp-a", store)))
            #expect(rename(path("incoming/.tmp-a", store), path("incoming/a.json", store)) == 0)
            let problem = path("rejected/a.problem.json", store)
            try await until("it is refused") {
                FileManager.default.fileExists(atPath: problem)
                    && !FileManager.default.fileExists(atPath: path("incoming/a.json", store))
            }
            let setpriv = URL(fileURLWithPath: "/usr/bin/setpriv")
            let till = try await Binary.run(
                ["--reuid=65533", "--regid=0", "--clear-groups", "cat", problem], at: setpriv)
            #expect(till.output.contains("\"status\":422"))
            let stranger = try await Binary.run(
                ["--reuid=65533", "--regid=65533", "--clear-groups", "cat", problem], at: setpriv)
            #expect(stranger.status != 0)
            #expect(await gateway.stop() == 0)
        }
    }

    @Test(
        "a folder that is a mount of its own gets a copy, and nothing stays in incoming/",
        .enabled(if: mayMount, "needs to be root, and to be allowed to mount"), arguments: ["accepted", "rejected"])
    func ownMount(folder: String) async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store, wrapper: Self.withOwnMount + [path(folder, store)])
            let seen = "/proc/\(gateway.processID)/root"
            for number in 0..<3 {
                let text = folder == "accepted" ? Store.unprinted("M-\(number)") : "{ \"no\": \(number) }"
                let draft = path("incoming/.tmp", store)
                try Data(text.utf8).write(to: URL(fileURLWithPath: draft))
                #expect(rename(draft, path("incoming/sale.json", store)) == 0)
                try await until("it is moved") {
                    !FileManager.default.fileExists(atPath: path("incoming/sale.json", store))
                }
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: seen + path(folder, store)).sorted()
            #expect(
                names.filter { !$0.contains("problem") } == ["sale-1.json", "sale-2.json", "sale.json"])
            #expect(names.count == (folder == "accepted" ? 3 : 6))
            #expect(try await status(store).spool?.stuck == 0)
            #expect(await gateway.stop() == 0)
        }
    }

    @Test(
        "where the kernel gives no inotify the folder is looked at instead, which is said once",
        .enabled(if: mayForbidInotify, "needs to be allowed to make a user namespace"))
    func noInotify() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store, wrapper: Self.withoutInotify)
            for number in 0..<3 {
                try Data(Store.unprinted("P-\(number)").utf8).write(
                    to: URL(fileURLWithPath: path("incoming/\(number).json", store)))
                try await until("it is taken") { try await isTaken("P-\(number)", store) }
            }
            let log = try gateway.logged()
            #expect(log.components(separatedBy: "spool not watched").count == 2, "\(log)")
            #expect(log.contains("fs.inotify.max_user_instances"))
            #expect(await gateway.stop() == 0)
        }
    }
}
