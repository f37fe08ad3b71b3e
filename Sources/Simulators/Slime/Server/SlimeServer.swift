import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
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
        do {
            try await service(listener, host, port, logger, onListening).run()
        } catch let error as CancellationError {
            throw error
        } catch {
            throw SimulatorError(.cannotListen, "cannot listen on \(host):\(port): \(error)")
        }
    }

    private func service(
        _ listener: Listener, _ host: String, _ port: Int, _ logger: Logger,
        _ onListening: @escaping @Sendable (Int) async -> Void
    ) throws -> any Service {
        var quiet = logger
        // The server logs its start at level info; here nobody needs that.
        if quiet.logLevel > .debug { quiet.logLevel = .critical }
        let idle = TimeAmount(configuration.idleTimeout)
        return try HTTPServerBuilder.http1(configuration: .init(idleTimeout: idle)).buildServer(
            configuration: ServerConfiguration(address: .hostname(host, port: port)),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet
        ) { request, writer, _ in
            switch listener {
            case .api:
                try await api.answer(request).send(by: writer, withBody: request.method != .head)
            case .files:
                try await FileRoutes(simulator: simulator).serve(request, by: writer)
            }
        } onServerRunning: { channel in
            await onListening(channel.localAddress?.port ?? port)
        }
    }
}
