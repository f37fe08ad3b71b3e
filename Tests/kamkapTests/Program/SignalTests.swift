import Foundation
import NIOHTTP1
import TestNetwork
import Testing

/// Signals to the real program.
@Suite(.timeLimit(.minutes(2))) struct SignalTests {
    @Test("signals that mean nothing to the gateway neither end nor stop it")
    func strays() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            for signal in [
                SIGHUP, SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM, SIGVTALRM, SIGPROF, SIGIO, SIGPWR, SIGSTKFLT, SIGXFSZ,
                SIGTTIN, SIGTTOU, __libc_current_sigrtmin(), __libc_current_sigrtmax(),
            ] {
                for _ in 0..<20 { #expect(kill(gateway.processID, signal) == 0, "after \(signal)") }
            }
            #expect(try await store.request(.POST, "/v1/sales?wait=printed", Store.sale()).status == 201)
            #expect(await gateway.stop() == 0)
            #expect(try gateway.logged().contains("SIGHUP: nothing to read again"))
        }
    }

    @Test("SIGHUP reads tokens and certificate anew; a connection that is open stays, and a fault changes nothing")
    func renewed() async throws {
        let port = try FreePort.find()
        try await Store.open(intake: LanTests.encrypted(port)) { store in
            try LanTests.keep("the-first-token-1234", as: "token", in: store)
            try await LanTests.certify(store)
            let gateway = try await RunningGateway.start(in: store)
            let first = store.folder.appendingPathComponent("first.pem")
            try FileManager.default.copyItem(at: store.folder.appendingPathComponent("cert.pem"), to: first)
            let second = store.folder.appendingPathComponent("cert.pem")
            #expect(try await Self.status(port, trusting: first, "the-first-token-1234") == "200")

            try LanTests.keep("the-other-token-1234", as: "token", in: store)
            try await LanTests.certify(store)
            #expect(try await Self.status(port, trusting: first, "the-first-token-1234") == "200", "not yet")
            kill(gateway.processID, SIGHUP)
            try await gateway.untilLogged("SIGHUP: tokens and certificate read again")
            #expect(try await Self.status(port, trusting: second, "the-other-token-1234") == "200")
            #expect(try await Self.status(port, trusting: second, "the-first-token-1234") == "401")
            #expect(
                try await Self.status(port, trusting: first, "the-other-token-1234") == "000", "another certificate")

            // A key that belongs to another certificate: half of a renewal.
            let key = try Data(contentsOf: store.folder.appendingPathComponent("key.pem"))
            let certificate = try Data(contentsOf: second)
            try await LanTests.certify(store)
            try certificate.write(to: second)
            kill(gateway.processID, SIGHUP)
            try await gateway.untilLogged("does not belong to the certificate")
            #expect(try await Self.status(port, trusting: second, "the-other-token-1234") == "200")
            try key.write(to: store.folder.appendingPathComponent("key.pem"))
            try LanTests.keep("short", as: "token", in: store)
            kill(gateway.processID, SIGHUP)
            try await gateway.untilLogged("intake.token_file")
            #expect(try await Self.status(port, trusting: second, "the-other-token-1234") == "200")
            #expect(await gateway.stop() == 0)
            let log = try gateway.logged()
            for token in ["the-first-token-1234", "the-other-token-1234"] { #expect(!log.contains(token)) }
        }
    }

    @Test("a gateway whose terminal is closed ends, as it does by Ctrl-C")
    func closedTerminal() async throws {
        try await Store.open { store in
            let script = Fixture.file("terminal.py").path
            let outcome = try await Binary.run(
                [script, try Binary.url().path, store.configuration.path],
                at: URL(fileURLWithPath: "/usr/bin/python3"))
            #expect(outcome.output == "0\n", "\(outcome.output) \(outcome.complaints)")
        }
    }

    @Test("a gateway that nohup started outlives its terminal")
    func nohup() async throws {
        try await Store.open { store in
            let script = Fixture.file("terminal.py").path
            let outcome = try await Binary.run(
                [script, try Binary.url().path, store.configuration.path, "nohup"],
                at: URL(fileURLWithPath: "/usr/bin/python3"))
            #expect(outcome.output.contains("SIGHUP: nothing to read again"), "\(outcome.output)")
            #expect(outcome.output.hasSuffix("\n0\n"), "\(outcome.output) \(outcome.complaints)")
        }
    }

    /// What curl, which trusts one certificate, is answered: 000 where it finds another.
    private static func status(_ port: Int, trusting certificate: URL, _ token: String) async throws -> String {
        try await Binary.run(
            [
                "-s", "-o", "/dev/null", "-w", "%{http_code}", "--cacert", certificate.path, "-H",
                "Authorization: Bearer \(token)", "https://localhost:\(port)/readyz",
            ], at: URL(fileURLWithPath: "/usr/bin/curl")
        ).output
    }
}
