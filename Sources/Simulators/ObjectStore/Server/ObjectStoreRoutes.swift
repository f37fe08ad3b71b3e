import HTTPTypes
import HummingbirdCore
import NIOCore

/// Where each path leads.
struct ObjectStoreRoutes: Sendable {
    let simulator: ObjectStoreSimulator
    let configuration: ObjectStoreSimulator.Configuration

    func serve(_ request: Request, by writer: consuming ResponseWriter) async throws {
        try await answer(request).send(by: writer, withBody: request.method != .head)
    }

    private func answer(_ request: Request) async throws -> Reply {
        let target = request.head.path ?? "/"
        let body = try await body(of: request)
        if target.hasPrefix("/simulator/") {
            let control = ObjectStoreControl(simulator: simulator, isOpen: configuration.control)
            return await control.answer(request.method, target, body: body)
        }
        var headers: [String: [String]] = [:]
        for field in request.headers { headers[field.name.canonicalName, default: []].append(field.value) }
        return await simulator.settle(
            StoreRequest(
                method: request.method.rawValue, target: target, host: request.head.authority ?? "", headers: headers,
                body: body))
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
}
