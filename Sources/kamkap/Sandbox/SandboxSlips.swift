import Foundation
import Settings
import Simulators

/// A simulated ScanlyIQ, which reads a sandbox's payment slips.
struct SandboxSlips: Sendable {
    let title = "ScanlyIQ"
    /// What the gateway proves itself with.
    let secret = SandboxSecret.random()
    private let simulator: ScanlyIQSimulator

    init() {
        var configuration = ScanlyIQSimulator.Configuration()
        configuration.key = secret
        // Lets a POS vendor say what is read, and try outages.
        configuration.control = true
        simulator = ScanlyIQSimulator(configuration: configuration)
    }

    func run() async throws { try await simulator.run() }

    /// Waits until it listens.
    func address() async throws -> String { try await simulator.endpoint() }

    /// Its table of the configuration, once it listens.
    ///
    /// - Parameter keyFile: holds ``secret``.
    func table(keyFile: String) async throws -> SlipsSettings {
        var settings = SlipsSettings(keyFile: keyFile)
        settings.endpoint = try await simulator.endpoint()
        return settings
    }

    /// What to try: any picture is a slip, such as the paper of a sale.
    static func advice(at address: String, _ environment: SandboxEnvironment) -> String {
        """
        Try a slip: say what is read in every picture, then hand one in.
          curl -X PUT \(address)/simulator/slips -H 'Content-Type: application/json' \\
            -d '{"result": {"amount": 120.00, "date": "2026-11-20", "bank": "KBANK", "toAccount": "xxx-x-x5678-x"}}'
          curl --unix-socket \(environment.socket) 'http://pos/v1/slips?amount=120.00&wait=checked' \\
            -H 'Content-Type: image/png' --data-binary @\(environment.receipts.path)/0001.png
        """
    }
}
