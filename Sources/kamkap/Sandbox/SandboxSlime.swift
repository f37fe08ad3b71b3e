import Foundation
import Settings
import Simulators

/// A simulated Slime.
struct SandboxSlime: SandboxProvider {
    let title = "Slime"
    let secret = SandboxSecret.random()
    let streamsDocuments = true
    private let configuration: SlimeSimulator.Configuration
    private let simulator: SlimeSimulator

    init() {
        var configuration = SlimeSimulator.Configuration()
        configuration.secret = secret
        // Lets a POS vendor try outages.
        configuration.control = true
        // The configuration's own assumption, so a till that rounds lines raises no alarm.
        configuration.tradeValue.rounding = .line
        self.configuration = configuration
        simulator = SlimeSimulator(configuration: configuration)
    }

    func run() async throws { try await simulator.run() }

    func address() async throws -> String {
        let endpoint = try await simulator.endpoint()
        return endpoint.components(separatedBy: "/projects/").first ?? endpoint
    }

    func table(secretFile: String) async throws -> ConfiguredProvider {
        .slime(
            SlimeSettings(
                endpoint: try await simulator.endpoint(), keyID: configuration.keyID, secretFile: secretFile))
    }

    func advice(at address: String) -> String {
        """
        Be that sale's customer and ask for the full tax invoice: open the service_url of its answer, or
          curl -X POST \(address)/simulator/documents -H 'Content-Type: application/json' \\
            -d '{"transaction_id":"00001-POS01-0001"}'
        """
    }
}
