import Foundation
import Logging
import Simulators

struct StagedSlime: StagedProvider {
    let title = "Slime"
    let secret = "a-secret-of-the-torture-\(UUID().uuidString)"
    let settling: Duration = .seconds(60)
    let quietAfterDeath: Duration = .zero
    let simulator: SlimeSimulator
    private let account: SlimeSimulator.Configuration

    init(logger: Logger) {
        var account = SlimeSimulator.Configuration()
        account.secret = secret
        self.account = account
        simulator = SlimeSimulator(configuration: account, logger: logger)
    }

    var hidden: [String] { ["trading-document-interface", secret, "eyJ", "/files/"] }
    let callsToDieIn = [
        "simple-transaction/initiate-with-tax-invoice-stub", "simple-transaction/initiate-with-tax-invoice",
        "trading-transaction/show",
    ]

    func run() async throws { try await simulator.run() }
    func endpoint() async throws -> String { try await simulator.endpoint() }

    func configuration(port: Int, secretFile: String) -> String {
        """
        [slime]
        endpoint = "http://127.0.0.1:\(port)/projects/\(account.projectID)/api"
        key_id = "\(account.keyID)"
        secret_file = "\(secretFile)"
        timeout = "2s"
        [documents]
        poll = "10s"
        archive = "documents"
        """
    }

    // MARK: Trouble

    func injectTrouble(_ dice: inout Dice) async {
        await simulator.inject(.init(Self.fault(&dice), times: dice.number(1...3)))
    }

    private static func fault(_ dice: inout Dice) -> SlimeSimulator.Fault.Kind {
        switch dice.number(0...11) {
        case 0, 1: .loseAnswerBeforeActing
        case 2, 3: .loseAnswerAfterActing
        case 4: .unavailable(status: dice.pick([500, 502, 503, 504]) ?? 500)
        case 5: .unavailable(status: 429, retryAfter: .seconds(1))
        case 6: .garbage
        case 7: .truncated
        case 8: .serviceURL(nil)
        case 9: .file(.html)
        case 10: .file(.cut)
        default: .slow(dice.milliseconds(50...2_600))
        }
    }

    func clearFaults() async { await simulator.clearFaults() }
    var hasFaults: Bool { get async { await !simulator.activeFaults.isEmpty } }

    func delay(_ call: String) async {
        await simulator.inject(.init(.slow(.seconds(30)), subject: call, times: 1))
    }

    /// A customer has a document made.
    func haveCustomerAct(_ dice: inout Dice) async {
        guard let sale = dice.pick(await ownTransactions()) else { return }
        _ = try? await simulator.customerMakesDocument(of: sale.id)
        // Another store of the same project is busy as well.
        if dice.chance(25) { await simulator.otherStoreMakesDocuments(1) }
    }

    func documentsToArchive() async -> Int {
        let own = Set(await ownTransactions().map(\.id))
        return await simulator.documents().count { own.contains($0.transactionID) }
    }

    // MARK: What it has

    private func ownTransactions() async -> [SlimeSimulator.Transaction] {
        await simulator.transactions().filter { !$0.isOtherStores }
    }

    func registered() async -> [RegisteredSale] {
        let transactions = await ownTransactions()
        let made = transactions.reduce(into: [:]) { $0[$1.id, default: 0] += 1 }
        return transactions.map { transaction in
            RegisteredSale(
                id: transaction.id, link: transaction.serviceURL, made: made[transaction.id] ?? 0,
                repeats: transaction.attempts - 1
            ) { sale in
                transaction.subject == sale.subject && sale.isHeld(in: transaction.data)
            }
        }
    }

    func violations() async -> [String] {
        await simulator.sentWithOtherBytes().sorted().map { "\($0): sent to Slime with other bytes than at first" }
    }
}
