import Foundation

/// A simulated provider, as the run and the oracle need it.
protocol StagedProvider: Sendable {
    /// Its name for people.
    var title: String { get }
    /// What may stand in no log.
    var hidden: [String] { get }
    /// Calls in the middle of which the gateway dies: the provider has acted, the answer has not come.
    var callsToDieIn: [String] { get }
    /// For how long after a death the gateway leaves a call alone that the death may have cut off.
    var quietAfterDeath: Duration { get }
    /// How long sales may take to settle after the last trouble.
    var settling: Duration { get }

    func run() async throws
    func endpoint() async throws -> String
    /// The part of the configuration that names it, at this port; `secret` is a file that holds ``secret``.
    func configuration(port: Int, secretFile: String) async -> String
    var secret: String { get }

    /// One call that goes wrong, or more.
    func injectTrouble(_ dice: inout Dice) async
    func clearFaults() async
    /// The next call of this name is acted on, and answered too late.
    func delay(_ call: String) async
    var hasFaults: Bool { get async }
    /// What customers do by the link of some sale.
    func haveCustomerAct(_ dice: inout Dice) async
    /// How many documents the archive should hold.
    func documentsToArchive() async -> Int

    /// What it has of this store's sales.
    func registered() async -> [RegisteredSale]
    /// What is wrong with what it was sent, beside single sales.
    func violations() async -> [String]
}

/// What a provider has of one sale.
struct RegisteredSale: Sendable {
    let id: String
    /// As the gateway is to have it.
    let link: String
    /// What was made of it, ever.
    let made: Int
    /// Calls that found it there already.
    let repeats: Int
    /// Whether it is this sale, made by the right call.
    let holds: @Sendable (NumberedSale) -> Bool
}
