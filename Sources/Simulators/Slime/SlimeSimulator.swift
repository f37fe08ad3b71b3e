import Foundation
public import Logging
public import ServiceLifecycle

/// A Slime that shares no code with ours: it answers `POST /projects/{projectId}/api` on loopback, verifies every
/// token, enforces every rule on the API page for `test/hello`, `simple-transaction/initiate-with-tax-invoice-stub` and
/// `trading-transaction/show`, and fails on demand in every way. Other subjects get `JWT::InvalidSubject`.
public actor SlimeSimulator: Service {
    public let configuration: Configuration
    private let logger: Logger
    private let listening = Milestone("listener")
    private let callsMade = Milestone("calls")
    private var port: Int?
    private var hasRun = false
    private var faults = FaultPlan()
    private var ledger: SlimeLedger

    /// - Parameter logger: gets faults at level debug, never tokens or secrets
    public init(
        configuration: Configuration = Configuration(), logger: Logger = Logger(label: "simulator.slime")
    ) {
        self.configuration = configuration
        self.logger = logger
        ledger = SlimeLedger(maximumTransactions: max(0, configuration.maximumTransactions))
    }

    /// Serves until graceful shutdown or cancellation; once only.
    ///
    /// Throws `SimulatorError` if the configuration is unusable or the address cannot be listened on.
    public func run() async throws {
        guard !hasRun else { throw SimulatorError(.stopped, "a Slime simulator runs only once") }
        hasRun = true
        do {
            try configuration.check()
            let gate = try await TokenCheck(keyID: configuration.keyID, secret: configuration.secret)
            let server = try SlimeServer(simulator: self, configuration: configuration, gate: gate)
                .makeService(logger: logger) { port in await self.listens(on: port) }
            try await server.run()
        } catch let error as SimulatorError {
            stop(error)
            throw error
        } catch is CancellationError {
            // A requested stop is no failure.
        } catch {
            let failure = SimulatorError(
                .cannotListen, "cannot listen on \(configuration.host):\(configuration.port): \(error)")
            stop(failure)
            throw failure
        }
        stop(SimulatorError(.stopped, "the Slime simulator has stopped"))
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

    /// Waits until it listens and returns the address of its API, `http://127.0.0.1:PORT/projects/123456/api`.
    public func endpoint() async throws -> String {
        try await listening.wait(for: 1, within: .seconds(30))
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

    /// The ids of stubs that came again with other data than at first, whatever the answer.
    public func sentWithOtherBytes() -> Set<String> { ledger.sentWithOtherBytes }

    /// The last 10,000 calls, oldest first.
    public func calls() -> [Call] { ledger.calls }

    public var totals: Totals { ledger.totals }

    /// Waits until this many calls were judged since the start. Throws `SimulatorError` at the time limit.
    public func waitForCalls(atLeast count: Int, within limit: Duration = .seconds(10)) async throws {
        try await callsMade.wait(for: count, within: limit)
    }

    // MARK: - For the server

    private var ownBase: String { "http://\(configuration.host):\(port ?? configuration.port)" }

    /// The simulator's clock.
    func now(plus offset: Duration? = nil) -> Date {
        let offset = offset ?? faults.standingClockOffset
        return Date().addingTimeInterval(offset / .seconds(1))
    }

    /// Decides a call, and remembers it.
    func settle(_ call: IncomingCall) -> Reply {
        let (fault, offset) = faults.take(subject: call.subject, transactionID: call.transactionID)
        let now = now(plus: offset)
        if call.subject == "simple-transaction/initiate-with-tax-invoice-stub", let id = call.transactionID {
            ledger.recordSent(id, call.dataText)
        }
        let (reply, outcome) = decide(call, fault: fault, now: now)
        record(call, outcome, at: now)
        return reply
    }

    /// Remembers a call that was rejected before its token was looked at.
    func settle(status: Int, message: String) -> Reply {
        let now = now()
        ledger.record(subject: nil, transactionID: nil, issuedAt: nil, outcome: .status(status), at: now)
        callsMade.advance(to: ledger.totals.calls)
        return .text(status, message, date: UTCTime.header(now))
    }

    private func record(_ call: IncomingCall, _ outcome: Call.Outcome, at date: Date) {
        ledger.record(
            subject: call.subject, transactionID: call.transactionID, issuedAt: call.issuedAt, outcome: outcome,
            at: date)
        callsMade.advance(to: ledger.totals.calls)
    }

    private func decide(_ call: IncomingCall, fault: Fault.Kind?, now: Date) -> (Reply, Call.Outcome) {
        let date = UTCTime.header(now)
        switch fault {
        case .unavailable(let status, let retryAfter):
            var reply = Reply.text(status, "The simulator was told to answer \(status).", date: date)
            reply.retryAfter = retryAfter
            reply.location = (300..<400).contains(status) ? "/elsewhere" : nil
            return (reply, .status(status))
        case .loseAnswerBeforeActing:
            var reply = Reply.text(500, "", date: date)
            reply.delivery = .lost
            return (reply, .lost)
        case .exception(let code, let message):
            let refusal = Refusal(code: code, message: message)
            return (.json(422, refusal.body, date: date), .exception(code: code))
        case .garbage:
            let page = Array("<html><body>Welcome to our free Wi-Fi!</body></html>".utf8)
            return (Reply(status: 200, contentType: "text/html", body: page, date: date), .garbage)
        default:
            return act(call, fault: fault, now: now)
        }
    }

    private func act(_ call: IncomingCall, fault: Fault.Kind?, now: Date) -> (Reply, Call.Outcome) {
        var reply: Reply
        var outcome: Call.Outcome
        do throws(Refusal) {
            let data = try perform(call, fault: fault, now: now)
            reply = .json(200, .object(["data": data]), date: UTCTime.header(now))
            outcome = .success
        } catch {
            reply = .json(422, error.body, date: UTCTime.header(now))
            outcome = .exception(code: error.code)
        }
        switch fault {
        case .slow(let delay): reply.delay = delay
        case .loseAnswerAfterActing: (reply.delivery, outcome) = (.lost, .lost)
        case .truncated: (reply.delivery, outcome) = (.cutShort, .truncated)
        case .packed(let coding): reply.pack(as: coding)
        default: break
        }
        return (reply, outcome)
    }

    private func perform(_ call: IncomingCall, fault: Fault.Kind?, now: Date) throws(Refusal) -> JSONValue {
        if let refusal = call.tokenRefusal { throw refusal }
        let drift = abs(now.timeIntervalSince1970 - Double(call.issuedAt ?? 0))
        guard drift <= configuration.acceptableDrift / .seconds(1) else {
            throw Refusal(code: "JWT::IATDrift", message: "iat is \(Int(drift)) seconds away from this server's clock")
        }
        switch try call.request.get() {
        case .hello(let name):
            return .object(["hello": .string(name)])
        case .stub(let stub):
            return try register(stub, call.dataText, now)
        case .show(let id, let includesDocuments):
            guard let transaction = ledger.transaction(id) else { throw Refusal(code: "NotFound") }
            var url: String? = transaction.serviceURL
            if case .serviceURL(let other) = fault { url = other }
            var value: String? = transaction.tradeValue
            if case .tradeValue(let other) = fault { value = other }
            return transaction.shown(serviceURL: url, tradeValue: value, includesDocuments: includesDocuments)
        }
    }

    private func register(_ stub: StubRequest, _ data: [UInt8], _ now: Date) throws(Refusal) -> JSONValue {
        guard !ledger.countAttempt(stub.transactionID) else {
            throw Refusal(code: "Trade::Initiated", message: "the transaction_id is taken")
        }
        guard !ledger.isFull else {
            throw Refusal(code: "Simulator::Full", message: "the simulator keeps no more transactions")
        }
        let base = configuration.publicBase ?? ownBase
        ledger.add(Transaction(stub, data: data, at: now, base: base, projectID: configuration.projectID))
        return .object(["success": .bool(true)])
    }
}
