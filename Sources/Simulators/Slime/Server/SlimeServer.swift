import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The HTTP around the simulator: which path leads where, and how an answer reaches the wire or fails to.
struct SlimeServer: Sendable {
    /// Thrown to close a connection in the middle.
    private struct ConnectionDropped: Error {}

    private let simulator: SlimeSimulator
    private let configuration: SlimeSimulator.Configuration
    private let gate: TokenCheck
    private let rules: StubRules

    init(simulator: SlimeSimulator, configuration: SlimeSimulator.Configuration, gate: TokenCheck) {
        self.simulator = simulator
        self.configuration = configuration
        self.gate = gate
        rules = StubRules(
            themes: configuration.themes, language: configuration.language, unitCodes: configuration.unitCodes,
            tradeValue: configuration.tradeValue)
    }

    func makeService(
        logger: Logger, onListening: @escaping @Sendable (Int) async -> Void
    ) throws -> any Service {
        var quiet = logger
        // The server tells of its start at level info; that is nobody's news here.
        if quiet.logLevel > .debug { quiet.logLevel = .critical }
        let idle = TimeAmount(configuration.idleTimeout)
        return try HTTPServerBuilder.http1(configuration: .init(idleTimeout: idle)).buildServer(
            configuration: ServerConfiguration(address: .hostname(configuration.host, port: configuration.port)),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet
        ) { request, writer, _ in
            try await deliver(try await answer(request), by: writer, withBody: request.method != .head)
        } onServerRunning: { channel in
            await onListening(channel.localAddress?.port ?? configuration.port)
        }
    }

    private func answer(_ request: Request) async throws -> Reply {
        let path = String((request.head.path ?? "/").prefix { $0 != "?" })
        let project = "/projects/\(configuration.projectID)/"
        if path == project + "api" {
            guard request.method == .post else { return await refuse(405, "The API takes POST.") }
            return try await answerCall(request)
        }
        if path.hasPrefix(project + "trading-document-interface/") {
            return await servicePage(path.dropFirst((project + "trading-document-interface/").count))
        }
        if path.hasPrefix("/simulator/") {
            let control = SlimeControl(simulator: simulator, isOpen: configuration.control)
            return await control.answer(
                request.method, request.head.path ?? path,
                body: try await body(of: request))
        }
        return await refuse(404, "There is nothing here.")
    }

    private func refuse(_ status: Int, _ message: String) async -> Reply {
        .text(status, message, date: UTCTime.header(await simulator.now()))
    }

    /// The whole body; nil when it is too long.
    private func body(of request: Request) async throws -> [UInt8]? {
        do {
            let buffer = try await request.body.collect(upTo: configuration.maximumBody)
            return Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            return nil
        }
    }

    private func answerCall(_ request: Request) async throws -> Reply {
        let type = request.headers[.contentType]?.prefix { $0 != ";" }.lowercased()
        guard type?.filter({ $0 != " " }) == "application/json" else {
            return await simulator.settle(status: 415, message: "The API takes application/json.")
        }
        guard let body = try await body(of: request) else {
            return await simulator.settle(status: 413, message: "The request is too long.")
        }
        return await simulator.settle(IncomingCall(body: body, gate: gate, rules: rules))
    }

    /// The page of a transaction whose token is known; a `/` in its id stands in the path as it is.
    private func servicePage(_ path: Substring) async -> Reply {
        let token = path.suffix(while: { $0 != "/" })
        let id = String(path.dropLast(token.count + 1))
        let date = UTCTime.header(await simulator.now())
        guard let transaction = await simulator.transaction(id), transaction.token == token else {
            return .text(404, "There is nothing here.", date: date)
        }
        let page = ServicePage.html(transactionID: id)
        return Reply(status: 200, contentType: "text/html; charset=utf-8", body: Array(page.utf8), date: date)
    }

    private func deliver(_ reply: Reply, by writer: consuming ResponseWriter, withBody: Bool) async throws {
        if let delay = reply.delay {
            try await cancelWhenGracefulShutdown { try await Task.sleep(for: delay) }
        }
        if case .lost = reply.delivery { throw ConnectionDropped() }
        var head = HTTPResponse(status: .init(code: reply.status))
        head.headerFields[.contentType] = reply.contentType
        head.headerFields[.contentLength] = String(reply.body.count)
        head.headerFields[.contentEncoding] = reply.coding
        head.headerFields[.date] = reply.date
        head.headerFields[.location] = reply.location
        head.headerFields[.retryAfter] = reply.retryAfter.map { String(Int(($0 / .seconds(1)).rounded(.up))) }
        if case .cutShort = reply.delivery {
            var body = try await writer.writeHead(head)
            try await body.write(ByteBuffer(bytes: reply.body.prefix(reply.body.count / 2)))
            throw ConnectionDropped()
        }
        let body = withBody ? ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)) : ResponseBody()
        try await writer.write(response: head, body: body)
    }
}

extension StringProtocol {
    /// The characters at the end that fulfil a condition.
    fileprivate func suffix(while fits: (Character) -> Bool) -> SubSequence {
        var start = endIndex
        while start > startIndex, fits(self[index(before: start)]) { start = index(before: start) }
        return self[start...]
    }
}
