import Crypto
import Foundation
public import Logging
public import ServiceLifecycle

/// A ScanlyIQ that shares no code with ours: it answers the six calls of the page on loopback, takes credits, keeps both of the
/// page's rate limits, reads in each image what a script says, and fails on demand. What the page leaves open is its ``Leeway``.
public actor ScanlyIQSimulator: Service {
    public let configuration: Configuration
    private let logger: Logger
    private let listening = Milestone("listeners")
    let callsMade = Milestone("calls")
    private var port: Int?
    private var hasRun = false
    var faults = FaultPlan<Fault>()
    var leeway: Leeway
    var clock = SimulatorClock()
    var balance: Int
    /// In the order in which they were made.
    var uploads: [String: Upload] = [:]
    var jobs: [Job] = []
    /// Where each job is in the list.
    var jobPlaces: [String: Int] = [:]
    /// What is read in an image, by its digest.
    var scripts: [String: SlipScript] = [:]
    var usualScript = SlipScript.usual
    var uploadWindow: RateWindow
    var otherWindow: RateWindow
    var log: [Call] = []
    public internal(set) var totals = Totals()

    /// - Parameter logger: gets faults at level debug, never keys or images
    public init(
        configuration: Configuration = Configuration(), logger: Logger = Logger(label: "simulator.scanlyiq")
    ) {
        self.configuration = configuration
        self.logger = logger
        leeway = configuration.leeway
        balance = configuration.credits
        uploadWindow = RateWindow(limit: configuration.limits.uploads, length: configuration.limits.window)
        otherWindow = RateWindow(limit: configuration.limits.others, length: configuration.limits.window)
    }

    /// Serves until graceful shutdown or cancellation; once only.
    ///
    /// Throws `SimulatorError` if the configuration is unusable or the address cannot be listened on.
    public func run() async throws {
        guard !hasRun else { throw SimulatorError(.stopped, "a ScanlyIQ simulator runs only once") }
        hasRun = true
        do {
            try configuration.check()
            let routes = ScanlyIQRoutes(simulator: self, configuration: configuration)
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
        stop(SimulatorError(.stopped, "the ScanlyIQ simulator has stopped"))
    }

    private func listens(on port: Int) {
        self.port = port
        listening.advance(to: 1)
    }

    private func stop(_ error: SimulatorError) {
        listening.stop(error)
        callsMade.stop(error)
    }

    /// Waits until it listens and returns its address, `http://127.0.0.1:PORT`.
    public func endpoint() async throws -> String {
        try await listening.wait(for: 1, within: .seconds(30))
        return "http://\(configuration.host):\(port ?? configuration.port)"
    }

    /// For the `Date` header.
    var now: Date { Date() }

    /// By which scripts are found: SHA-256 in hexadecimal digits.
    public static func digest(of image: [UInt8]) -> String {
        SHA256.hash(data: image).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
