import Foundation
import NIOHTTP1
import Testing

/// Commands whose output goes nowhere.
@Suite(.timeLimit(.minutes(2))) struct OutputTests {
    /// Runs a line of the shell, in which `kamkap` is the built program, against this store's gateway.
    private func shell(_ line: String, in store: Store) async throws -> Binary.Outcome {
        try await Binary.run(
            ["-c", "kamkap() { \"$KAMKAP\" \"$@\"; }; \(line)"],
            environment: ["KAMKAP": try Binary.url().path, "KAMKAP_SOCKET": store.socket],
            at: URL(fileURLWithPath: "/bin/bash"))
    }

    @Test(
        "output that cannot be written is told of, with 74",
        arguments: [
            "sales", "sales --json", "show TEST-ES-0002", "status", "printers", "addresses 10110",
            "check --config kamkap.toml", "--help",
            "sales --help", "--version", "--generate-completion-script bash", "preview sale.json --output -",
            "submit sale.json", "sales --watch",
        ])
    func fullDisk(command: String) async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            try Data(Store.sale().utf8).write(to: store.folder.appendingPathComponent("sale.json"))
            #expect(try await store.request(.POST, "/v1/sales?wait=printed", Store.sale()).status == 201)
            let outcome = try await shell("cd \(store.folder.path); kamkap \(command) >/dev/full", in: store)
            #expect(outcome.status == 74, "\(outcome.complaints)")
            #expect(outcome.complaints == "kamkap: the output could not be written: No space left on device\n")
            let closed = try await shell("cd \(store.folder.path); kamkap \(command) >&-", in: store)
            #expect(closed.status == 74, "\(closed.complaints)")
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("what a command was asked to do is done all the same, and a fault of its own keeps its code")
    func doneAllTheSame() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            let file = store.folder.appendingPathComponent("sale.json").path
            try Data(Store.sale().utf8).write(to: URL(fileURLWithPath: file))
            #expect(try await shell("kamkap submit \(file) >/dev/full", in: store).status == 74)
            #expect(try await store.request(.GET, "/v1/sales/TEST-ES-0002").status == 200)
            #expect(try await shell("kamkap show NONE >/dev/full", in: store).status == 65)
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a reader that wants no more ends a command without a word")
    func closedPipe() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            // More than a pipe holds.
            for number in 0..<300 {
                #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("S-\(number)")).status == 201)
            }
            let outcome = try await shell(
                "kamkap sales --json --limit 300 | head -c 10; echo \" ${PIPESTATUS[0]}\"", in: store)
            #expect(outcome.output.hasSuffix(" 74\n"), "\(outcome.output)")
            #expect(outcome.complaints.isEmpty, "\(outcome.complaints)")
            let line = try await shell("kamkap sales | head -n 1", in: store)
            #expect(line.output.hasPrefix("SALE "))
            #expect(line.complaints.isEmpty)
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("following ends when its reader does, though nothing happens", arguments: ["", "--json"])
    func watch(form: String) async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            let begun = ContinuousClock.now
            let outcome = try await shell("kamkap sales --watch \(form) | head -n 1", in: store)
            #expect(ContinuousClock.now - begun < .seconds(20))
            #expect(outcome.output.contains("gateway"), "\(outcome.output)")
            #expect(outcome.complaints.isEmpty, "\(outcome.complaints)")
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a variable that is empty counts as unset")
    func emptyVariables() async throws {
        let usual = try await Binary.run(["status"], environment: ["KAMKAP_SOCKET": ""])
        #expect(usual.status == 69)
        #expect(usual.complaints.contains("/run/kamkap/pos.sock"), "\(usual.complaints)")
        try await Store.open { store in
            let file = store.folder.appendingPathComponent("sale.json").path
            try Data(Store.sale().utf8).write(to: URL(fileURLWithPath: file))
            let checked = try await Binary.run(["check"], environment: ["KAMKAP_CONFIG": ""])
            #expect(checked.complaints.contains("/etc/kamkap/kamkap.toml") || checked.output.contains("/etc/kamkap"))
            // Secrets are looked for beside the configuration, and no sockets of systemd's.
            let gateway = try await RunningGateway.start(
                in: store,
                environment: [
                    "CREDENTIALS_DIRECTORY": "", "LISTEN_PID": "", "LISTEN_FDS": "", "NOTIFY_SOCKET": "",
                    "WATCHDOG_USEC": "",
                    "WATCHDOG_PID": "",
                ])
            let own = try await Binary.run(
                ["check", "--config", store.configuration.path], environment: ["KAMKAP_SOCKET": ""])
            #expect(own.output.contains("runs, and needs no hand"), "\(own.output)")
            #expect(await gateway.stop() == 0)
        }
    }
}
