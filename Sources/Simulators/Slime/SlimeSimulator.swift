import Foundation
public import Logging
public import ServiceLifecycle

/// A Slime that shares no code with ours: it answers `POST /projects/{projectId}/api` on loopback, verifies every token,
/// keeps every rule on the API page for each of its subjects, generates documents and serves their files from another
/// port, and fails on demand in every way. Its customers make full tax invoices by themselves, as its owner says.
public actor SlimeSimulator: Service {
    public let configuration: Configuration
    private let logger: Logger
    private let listening = Milestone("listeners")
    let callsMade = Milestone("calls")
    let filesServed = Milestone("files")
    private var ports = SlimeServer.Ports()
    private var hasRun = false
    var faults = FaultPlan<Fault>()
    var ledger: SlimeLedger
    var documentRules: DocumentRules
    var documentLedger = DocumentLedger()
    var locations = Locations()
    var documentClock = SimulatorClock()
    /// True files that reached the network whole.
    var filesDelivered = 0
    /// Continuation tokens of an earlier generation are stale.
    var tokenGeneration = 0
    let tokenKey = UInt64.random(in: .min ... .max)

    /// - Parameter logger: gets faults at level debug, never tokens or secrets
    public init(
        configuration: Configuration = Configuration(), logger: Logger = Logger(label: "simulator.slime")
    ) {
        self.configuration = configuration
        self.logger = logger
        documentRules = configuration.documents
        ledger = SlimeLedger(maximumTransactions: max(0, configuration.maximumTransactions))
    }

    /// Serves until graceful shutdown or cancellation; once only.
    ///
    /// Throws `SimulatorError` if the configuration is unusable or an address cannot be listened on.
    public func run() async throws {
        guard !hasRun else { throw SimulatorError(.stopped, "a Slime simulator runs only once") }
        hasRun = true
        do {
            try configuration.check()
            let gate = try await TokenCheck(keyID: configuration.keyID, secret: configuration.secret)
            let server = SlimeServer(simulator: self, configuration: configuration, gate: gate)
            try await server.run(logger: logger) { listener, port in await self.listens(listener, on: port) }
        } catch let error as SimulatorError {
            stop(error)
            throw error
        } catch is CancellationError {
            // A requested stop is no failure.
        }
        stop(SimulatorError(.stopped, "the Slime simulator has stopped"))
    }

    private func listens(_ listener: SlimeServer.Listener, on port: Int) {
        ports[listener] = port
        listening.advance(to: ports.count)
    }

    private func stop(_ error: SimulatorError) {
        listening.stop(error)
        callsMade.stop(error)
        filesServed.stop(error)
    }

    // MARK: - For its owner

    /// Waits until it listens and returns the address of its API, `http://127.0.0.1:PORT/projects/123456/api`.
    public func endpoint() async throws -> String {
        try await listening.wait(for: SlimeServer.Listener.allCases.count, within: .seconds(30))
        return "\(ownBase)/projects/\(configuration.projectID)/api"
    }

    /// Adds a fault behind the active ones.
    public func inject(_ fault: Fault) { faults.add(fault) }

    public func clearFaults() { faults.clear() }

    /// The active faults, with the times they have left.
    public var activeFaults: [Fault] { faults.faults }

    /// The registered transactions, oldest first.
    public func transactions() -> [Transaction] { ledger.transactions }

    public func transaction(_ id: String) -> Transaction? { ledger.transaction(id) }

    /// The ids that came again with another subject or other data than at first, whatever the answer.
    public func sentWithOtherBytes() -> Set<String> { ledger.sentWithOtherBytes }

    /// The last 10,000 calls, oldest first.
    public func calls() -> [Call] { ledger.calls }

    public var totals: Totals { ledger.totals }

    /// Waits until this many calls were judged since the start. Throws `SimulatorError` at the time limit.
    public func waitForCalls(atLeast count: Int, within limit: Duration = .seconds(10)) async throws {
        try await callsMade.wait(for: count, within: limit)
    }

    // MARK: - Addresses and time

    private var ownBase: String { "http://\(configuration.host):\(ports[.api] ?? configuration.port)" }

    /// The beginning of service URLs.
    var serviceBase: String { configuration.publicBase ?? ownBase }

    /// The beginning of the files' locations.
    var fileBase: String {
        configuration.publicFileBase
            ?? "http://\(configuration.fileHost):\(ports[.files] ?? configuration.filePort)"
    }

    /// The simulator's clock for tokens and the `Date` header.
    func now(plus offset: Duration? = nil) -> Date {
        let offset = offset ?? faults.standingClockOffset(for: .init(listener: .api))
        return Date().addingTimeInterval(offset / .seconds(1))
    }
}
