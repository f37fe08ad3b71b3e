import HTTPTypes
import HummingbirdCore
import NIOCore

/// Where each path of the API's host leads.
struct APIRoutes: Sendable {
    private let simulator: SlimeSimulator
    private let configuration: SlimeSimulator.Configuration
    private let gate: TokenCheck
    private let rules: InitiateRules

    init(simulator: SlimeSimulator, configuration: SlimeSimulator.Configuration, gate: TokenCheck) {
        self.simulator = simulator
        self.configuration = configuration
        self.gate = gate
        rules = InitiateRules(configuration)
    }

    func answer(_ request: Request) async throws -> Reply {
        let target = request.head.path ?? "/"
        let path = String(target.prefix { $0 != "?" })
        let project = "/projects/\(configuration.projectID)/"
        if path == project + "api" {
            guard request.method == .post else { return await refuse(405, "The API takes POST.") }
            return try await answerCall(request)
        }
        let pages = project + "trading-document-interface/"
        if path.hasPrefix(pages) {
            return await ServicePageRoutes(simulator: simulator).answer(
                request.method, String(target.dropFirst(pages.count)), body: try await body(of: request))
        }
        if path.hasPrefix("/simulator/") {
            let control = SlimeControl(simulator: simulator, isOpen: configuration.control)
            return await control.answer(request.method, target, body: try await body(of: request))
        }
        return await refuse(404, "There is nothing here.")
    }

    private func refuse(_ status: Int, _ message: String) async -> Reply {
        .text(status, message, date: UTCTime.header(await simulator.now()))
    }

    /// The whole body; nil if it is too long.
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
}
