import HTTPTypes
import HummingbirdCore
import Logging
import ServiceLifecycle

/// The two listeners of the simulator: its API with the service pages, and the host of the files.
struct SlimeServer: Sendable {
    /// Which of the two a request comes to.
    enum Listener: Sendable, CaseIterable {
        case api, files
    }

    typealias Ports = [Listener: Int]

    /// What stands before a location's name.
    static let filePath = "/thai-document/"

    private let simulator: SlimeSimulator
    private let configuration: SlimeSimulator.Configuration
    private let api: APIRoutes

    init(simulator: SlimeSimulator, configuration: SlimeSimulator.Configuration, gate: TokenCheck) {
        self.simulator = simulator
        self.configuration = configuration
        api = APIRoutes(simulator: simulator, configuration: configuration, gate: gate)
    }

    /// Serves both until graceful shutdown or cancellation; if one ends, so does the other.
    func run(logger: Logger, onListening: @escaping @Sendable (Listener, Int) async -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { listeners in
            for listener in Listener.allCases {
                listeners.addTask {
                    try await serve(listener, logger: logger) { port in await onListening(listener, port) }
                }
            }
            defer { listeners.cancelAll() }
            try await listeners.next()
            // Both end by a graceful shutdown, and each in its own time.
            if Task.isShuttingDownGracefully { try await listeners.waitForAll() }
        }
    }

    private func serve(
        _ listener: Listener, logger: Logger, onListening: @escaping @Sendable (Int) async -> Void
    ) async throws {
        let (host, port) =
            switch listener {
            case .api: (configuration.host, configuration.port)
            case .files: (configuration.fileHost, configuration.filePort)
            }
        let address = SimulatorListener(
            host: host, port: port, idleTimeout: configuration.idleTimeout, logger: logger)
        try await address.run(onListening: onListening) { request, writer in
            switch listener {
            case .api:
                try await api.answer(request).send(by: writer, withBody: request.method != .head)
            case .files:
                try await FileRoutes(simulator: simulator).serve(request, by: writer)
            }
        }
    }
}
