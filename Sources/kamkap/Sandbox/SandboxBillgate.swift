import Sales
import Settings
import Simulators

/// A simulated Billgate.
struct SandboxBillgate: SandboxProvider {
    let title = "Billgate"
    let secret = SandboxSecret.random()
    let streamsDocuments = false
    private let simulator: BillgateSimulator

    init() {
        var configuration = BillgateSimulator.Configuration()
        configuration.key = secret
        // Lets a POS vendor try outages.
        configuration.control = true
        simulator = BillgateSimulator(configuration: configuration)
    }

    func run() async throws { try await simulator.run() }

    func address() async throws -> String { try await simulator.endpoint() }

    func table(secretFile: String) async throws -> ConfiguredProvider {
        var settings = BillgateSettings(
            keyFile: secretFile,
            walkIn: WalkIn(
                address: .init(
                    houseNumber: "99", subDistrict: "คลองเตย", district: "คลองเตย", province: "กรุงเทพมหานคร",
                    postCode: "10110")))
        settings.endpoint = try await simulator.endpoint()
        return .billgate(settings)
    }

    func advice(at address: String) -> String {
        """
        Lose an answer after the receipt was made: the gateway looks for that before it makes another, after 20 s.
          curl -X PUT \(address)/simulator/faults -H 'Content-Type: application/json' \\
            -d '[{"kind":"lose_answer_after_acting","operation":"\(BillgateSimulator.Operation.createReceipt.rawValue)","times":1}]'
        See what was made:
          curl \(address)/simulator/documents
        """
    }
}
