import Gateway
public import Logging
public import Monitoring
public import ServiceLifecycle

/// Serves tills on a bound socket, until it is asked to stop.
public struct GatewayListener: Service {
    private let descriptor: CInt
    private let rules: ListenerRules
    private let api: GatewayRouter
    private let meters: GatewayMeters
    private let opened: @Sendable () -> Void
    private let logger: Logger

    /// - Parameters:
    ///   - descriptor: a bound and listening stream socket; it is closed when the service ends.
    ///   - opened: called once tills are served.
    public init(
        descriptor: CInt, rules: ListenerRules = ListenerRules(), api: GatewayRouter,
        meters: GatewayMeters = GatewayMeters(), opened: @escaping @Sendable () -> Void = {}, logger: Logger
    ) {
        self.descriptor = descriptor
        self.rules = rules
        self.api = api
        self.meters = meters
        self.opened = opened
        self.logger = logger
    }

    public func run() async throws {
        let book = ConnectionRegistry(limit: rules.limits.connections)
        let answerer = RequestResponder(
            rules: rules, rejectedRequests: RejectedRequestLog(logger: logger), responder: api.responder, book: book,
            logger: logger)
        let connections = ConnectionService(
            descriptor: descriptor,
            transport: .init(isNetwork: rules.access.isNetwork) { [access = rules.access] in access.tls },
            idle: rules.limits.idle, book: book, meters: meters, logger: logger)
        try await connections.run(answer: answerer.answer, opened: opened)
    }
}
