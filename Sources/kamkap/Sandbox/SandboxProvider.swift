import Settings
import Simulators

/// The simulated service that registers a sandbox's sales.
protocol SandboxProvider: Sendable {
    /// Its name for people.
    var title: String { get }
    /// What the gateway proves itself with.
    var secret: String { get }
    /// Whether it tells of every document that it makes.
    var streamsDocuments: Bool { get }
    /// Plays it until it is cancelled.
    func run() async throws
    /// Waits until it listens: where its own paths are, under `/simulator`.
    func address() async throws -> String
    /// Its table of the configuration, once it listens.
    ///
    /// - Parameter secretFile: holds ``secret``.
    func table(secretFile: String) async throws -> ConfiguredProvider
    /// What to try besides an outage.
    func advice(at address: String) -> String
}

extension ProviderSettings.Service {
    func simulated() -> any SandboxProvider {
        switch self {
        case .slime: SandboxSlime()
        case .billgate: SandboxBillgate()
        }
    }
}

/// A sandbox's secret: new each time, so it can never open a real account.
enum SandboxSecret {
    static func random() -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        return String((0..<40).map { _ in letters[Int.random(in: letters.indices)] })
    }
}
