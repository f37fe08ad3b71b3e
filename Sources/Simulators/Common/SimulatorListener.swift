import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// One address at which a simulator answers.
struct SimulatorListener: Sendable {
    let host: String
    /// 0 takes any port that is free.
    let port: Int
    let idleTimeout: Duration
    let logger: Logger

    typealias Answer = @Sendable (Request, consuming ResponseWriter) async throws -> Void

    /// Serves until graceful shutdown or cancellation. Throws `SimulatorError` if the address cannot be listened on.
    func run(onListening: @escaping @Sendable (Int) async -> Void, answer: @escaping Answer) async throws {
        do {
            try await service(onListening, answer).run()
        } catch let error as CancellationError {
            throw error
        } catch {
            throw SimulatorError(.cannotListen, "cannot listen on \(host):\(port): \(error)")
        }
    }

    private func service(
        _ onListening: @escaping @Sendable (Int) async -> Void, _ answer: @escaping Answer
    ) throws -> any Service {
        var quiet = logger
        // The server logs its start at level info; here nobody needs that.
        if quiet.logLevel > .debug { quiet.logLevel = .critical }
        let port = port
        return try HTTPServerBuilder.http1(configuration: .init(idleTimeout: TimeAmount(idleTimeout))).buildServer(
            configuration: ServerConfiguration(address: .hostname(host, port: port)),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet
        ) { request, writer, _ in
            try await answer(request, writer)
        } onServerRunning: { channel in
            await onListening(channel.localAddress?.port ?? port)
        }
    }
}
