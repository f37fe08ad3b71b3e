import Foundation
public import Logging
public import ServiceLifecycle

/// A Billgate that shares no code with ours: it answers the operations of the page on loopback, keeps every rule of its
/// schemas, computes totals by itself, serves the pages behind its links, and fails on demand in every way. What the page
/// leaves open is its ``Leeway``.
public actor BillgateSimulator: Service {
    public let configuration: Configuration
    private let logger: Logger
    private let listening = Milestone("listeners")
    let callsMade = Milestone("calls")
    private var port: Int?
    private var hasRun = false
    var faults = FaultPlan<Fault>()
    var leeway: Leeway
    var clock = SimulatorClock()
    var account: AccountKeys
    var documents: [Document.Kind: Shelf<Document>] = [:]
    /// How many documents of a kind have a number now.
    var numbers: [Document.Kind: [String: Int]] = [:]
    /// The documents that were made from another one, oldest first.
    var derived: [String: [String]] = [:]
    /// Where the documents behind links are.
    var links: [String: Link] = [:]
    var customers = Shelf<Customer>()
    var templates = Shelf<InvoiceTemplate>()
    var recurring = Shelf<RecurringInvoice>()
    var callLog = BillgateCallLog()
    /// What is acted on later, and when.
    var postponed: [(call: BillgateCall, due: Date)] = []

    struct Link {
        let kind: Document.Kind
        let id: String
    }

    /// - Parameter logger: gets faults at level debug, never keys or customers
    public init(
        configuration: Configuration = Configuration(), logger: Logger = Logger(label: "simulator.billgate")
    ) {
        self.configuration = configuration
        self.logger = logger
        leeway = configuration.leeway
        account = AccountKeys(key: configuration.key)
    }

    /// Serves until graceful shutdown or cancellation; once only.
    ///
    /// Throws `SimulatorError` if the configuration is unusable or the address cannot be listened on.
    public func run() async throws {
        guard !hasRun else { throw SimulatorError(.stopped, "a Billgate simulator runs only once") }
        hasRun = true
        do {
            try configuration.check()
            let routes = BillgateRoutes(simulator: self, configuration: configuration)
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
        stop(SimulatorError(.stopped, "the Billgate simulator has stopped"))
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

    /// Turns on the clock by which PDFs are made and lists catch up.
    public func advanceClock(by duration: Duration) {
        clock.advance(by: duration)
        catchUp()
    }

    /// The last 10,000 calls, oldest first.
    public func calls() -> [Call] { callLog.calls }

    public var totals: Totals { callLog.totals }

    /// Waits until this many calls were judged since the start. Throws `SimulatorError` at the time limit.
    public func waitForCalls(atLeast count: Int, within limit: Duration = .seconds(10)) async throws {
        try await callsMade.wait(for: count, within: limit)
    }

    /// The beginning of shareable and PDF URLs.
    var publicBase: String {
        configuration.publicBase ?? "http://\(configuration.host):\(port ?? configuration.port)"
    }

    /// For the `Date` header.
    var now: Date { Date() }
}
