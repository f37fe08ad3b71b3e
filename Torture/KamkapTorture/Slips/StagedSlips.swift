import Foundation
import Logging
import Simulators

/// A simulated reader of payment slips, which outlives every kill.
struct StagedSlips: Sendable {
    let secret = "b2t_live_of-the-torture-\(UUID().uuidString)"
    /// A credit is a job: what was spent is what was read.
    let simulator: ScanlyIQSimulator

    init(logger: Logger) {
        var account = ScanlyIQSimulator.Configuration()
        account.key = secret
        account.credits = 1_000_000
        account.models = [.init(id: "m1", name: "Reader", type: "VISION", creditsPerUnit: 1)]
        simulator = ScanlyIQSimulator(configuration: account, logger: logger)
    }

    /// What may stand in no log.
    var hidden: [String] { [secret, "xxx-x-x", "กสิกรไทย"] }

    func run() async throws { try await simulator.run() }

    /// The part of the configuration that names it; `keyFile` holds ``secret``.
    func configuration(keyFile: String) async throws -> String {
        """
        [slips]
        endpoint = "\(try await simulator.endpoint())"
        key_file = "\(keyFile)"
        accounts = ["1111156781"]
        """
    }

    /// One call that goes wrong, or more.
    func injectTrouble(_ dice: inout Dice) async {
        await simulator.inject(
            .init(
                Self.fault(&dice), operation: dice.pick([.upload, .createJob, .createJob, .showJob, .credits]),
                times: dice.number(1...2)))
    }

    private static func fault(_ dice: inout Dice) -> ScanlyIQSimulator.Fault.Kind {
        switch dice.number(0...8) {
        case 0, 1: .loseAnswerBeforeActing
        case 2, 3: .loseAnswerAfterActing
        case 4: .unavailable(status: dice.pick([500, 502, 503, 504]) ?? 500)
        case 5: .unavailable(status: 429, retryAfter: .seconds(2))
        case 6: .garbage
        case 7: .truncated
        default: .slow(dice.milliseconds(50...5_000))
        }
    }
}
