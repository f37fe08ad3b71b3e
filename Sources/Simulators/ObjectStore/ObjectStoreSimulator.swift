import Foundation
public import Logging
public import ServiceLifecycle

/// A store of one bucket that speaks as much of S3 as keeping papers needs, and shares no code with ours: it verifies the
/// signature of each PUT, GET and DELETE by itself, from the request as it came, and fails on demand.
public actor ObjectStoreSimulator: Service {
    public nonisolated let configuration: Configuration
    private let logger: Logger
    private let listening = Milestone("listeners")
    let callsMade = Milestone("calls")
    private var port: Int?
    private var hasRun = false
    var faults = FaultPlan<Fault>()
    var stored: [[UInt8]: StoredObject] = [:]
    var callLog: [Call] = []
    var totals = Totals()

    /// - Parameter logger: gets faults at level debug, never keys or links
    public init(
        configuration: Configuration = Configuration(), logger: Logger = Logger(label: "simulator.object-store")
    ) {
        self.configuration = configuration
        self.logger = logger
    }

    /// Serves until graceful shutdown or cancellation; once only.
    ///
    /// Throws `SimulatorError` if the configuration is unusable or the address cannot be listened on.
    public func run() async throws {
        guard !hasRun else { throw SimulatorError(.stopped, "an object store simulator runs only once") }
        hasRun = true
        do {
            try configuration.check()
            let routes = ObjectStoreRoutes(simulator: self, configuration: configuration)
            let listener = SimulatorListener(
                host: configuration.host, port: configuration.port, idleTimeout: configuration.idleTimeout,
                logger: logger)
            try await listener.run { port in
                await self.listens(on: port)
            } answer: { request, writer in
                try await routes.serve(request, by: writer)
            }
        } catch let error as SimulatorError {
            stop(error)
            throw error
        } catch is CancellationError {
            // A requested stop is no failure.
        }
        stop(SimulatorError(.stopped, "the object store simulator has stopped"))
    }

    private func listens(on port: Int) {
        self.port = port
        listening.advance(to: 1)
    }

    private func stop(_ error: SimulatorError) {
        listening.stop(error)
        callsMade.stop(error)
    }

    // MARK: - For its owner

    /// Waits until it listens and returns its address, `http://127.0.0.1:PORT`.
    public func endpoint() async throws -> String {
        try await listening.wait(for: 1, within: .seconds(30))
        return "http://\(configuration.host):\(port ?? configuration.port)"
    }

    /// Adds a fault behind the active ones.
    public func inject(_ fault: Fault) { faults.add(fault) }

    public func clearFaults() { faults.clear() }

    /// The active faults, with the times they have left.
    public var activeFaults: [Fault] { faults.faults }

    /// What it keeps now, by key.
    public func objects() -> [StoredObject] {
        stored.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    }

    public func object(_ key: String) -> StoredObject? { stored[Array(key.utf8)] }

    /// The last calls, oldest first.
    public func calls() -> [Call] { callLog }

    public var counters: Totals { totals }

    /// Waits until this many calls were judged since the start. Throws `SimulatorError` at the time limit.
    public func waitForCalls(atLeast count: Int, within limit: Duration = .seconds(10)) async throws {
        try await callsMade.wait(for: count, within: limit)
    }

    /// The simulator's clock for signatures and the `Date` header.
    func now(plus offset: Duration? = nil) -> Date {
        let offset = offset ?? faults.standingClockOffset(for: nil)
        return Date().addingTimeInterval(offset / .seconds(1))
    }
}
