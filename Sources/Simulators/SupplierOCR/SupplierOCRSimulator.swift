import Foundation
public import Logging
public import ServiceLifecycle

/// An OCR service for suppliers' invoices that shares no code with ours: it answers the operations of the API's page on
/// loopback, keeps every rule of its schemas, really fetches each document, and fails on demand in every way. What the page
/// leaves open is its ``Leeway``.
public actor SupplierOCRSimulator: Service {
    public nonisolated let configuration: Configuration
    private let logger: Logger
    private let listening = Milestone("listeners")
    private let callsMade = Milestone("calls")
    private var port: Int?
    private var hasRun = false
    var fetcher: DocumentFetcher?
    var faults = FaultPlan<Fault>()
    var leeway: Leeway
    var clock = SimulatorClock()
    var jobs = Shelf<Job>()
    /// Of those that nobody deleted, by number.
    var idsByNumber: [String: [String]] = [:]
    /// What is read on the documents of some jobs, by number.
    var results: [String: [UInt8]] = [:]
    var callRing = CallRing<Call>()
    var totals = Totals()
    /// What is acted on later, and when.
    var postponed: [(call: SupplierOCRCall, due: Date)] = []

    /// - Parameter logger: gets nothing of keys, links and documents
    public init(
        configuration: Configuration = Configuration(), logger: Logger = Logger(label: "simulator.supplier-ocr")
    ) {
        self.configuration = configuration
        self.logger = logger
        leeway = configuration.leeway
    }

    /// Serves until graceful shutdown or cancellation; once only.
    ///
    /// Throws `SimulatorError` if the configuration is unusable or the address cannot be listened on.
    public func run() async throws {
        guard !hasRun else { throw SimulatorError(.stopped, "a simulator of the OCR service runs only once") }
        hasRun = true
        do {
            try configuration.check()
            try await serve()
        } catch let error as SimulatorError {
            stop(error)
            throw error
        } catch is CancellationError {
            // A requested stop is no failure.
        }
        stop(SimulatorError(.stopped, "the simulator of the OCR service has stopped"))
    }

    private func serve() async throws {
        let fetcher = DocumentFetcher(
            timeout: configuration.fetchTimeout, maximum: configuration.maximumDocument)
        self.fetcher = fetcher
        let routes = SupplierOCRRoutes(simulator: self, configuration: configuration)
        let listener = SimulatorListener(
            host: configuration.host, port: configuration.port, idleTimeout: configuration.idleTimeout, logger: logger)
        let end: Result<Void, any Error>
        do {
            try await listener.run { port in
                await self.listens(on: port)
            } answer: { request, writer in
                try await routes.serve(request, by: writer)
            }
            end = .success(())
        } catch { end = .failure(error) }
        self.fetcher = nil
        try await fetcher.shutdown()
        try end.get()
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

    public var currentLeeway: Leeway { leeway }

    /// From now on. Throws `SimulatorError` if it is unusable.
    public func setLeeway(_ leeway: Leeway) throws(SimulatorError) {
        try leeway.check()
        self.leeway = leeway
    }

    /// Turns on the clock by which lists catch up.
    public func advanceClock(by duration: Duration) async {
        clock.advance(by: duration)
        await catchUp()
    }

    /// The last 10,000 calls, oldest first.
    public func calls() -> [Call] { callRing.calls }

    public var currentTotals: Totals { totals }

    /// Waits until this many calls were judged since the start. Throws `SimulatorError` at the time limit.
    public func waitForCalls(atLeast count: Int, within limit: Duration = .seconds(10)) async throws {
        try await callsMade.wait(for: count, within: limit)
    }

    func record(_ call: Call) {
        callRing.append(call)
        callsMade.advance(to: callRing.count)
    }
}
