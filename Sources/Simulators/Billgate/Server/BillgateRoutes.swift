import HTTPTypes
import HummingbirdCore
import NIOCore

/// Where each path leads.
struct BillgateRoutes: Sendable {
    private static let keyField = HTTPField.Name("X-API-Key")

    let simulator: BillgateSimulator
    let configuration: BillgateSimulator.Configuration

    func serve(_ request: Request, by writer: consuming ResponseWriter) async throws {
        try await answer(request).send(by: writer, withBody: request.method != .head)
    }

    private func answer(_ request: Request) async throws -> Reply {
        let target = request.head.path ?? "/"
        if target.hasPrefix("/pouch/") {
            return await PouchRoutes(simulator: simulator).answer(request.method, target.dropFirst("/pouch/".count))
        }
        if target.hasPrefix("/storage/") {
            return await PouchRoutes(simulator: simulator).file(request.method, target.dropFirst("/storage/".count))
        }
        let body = try await body(of: request)
        if target.hasPrefix("/simulator/") {
            let control = BillgateControl(simulator: simulator, isOpen: configuration.control)
            return await control.answer(request.method, target, body: body)
        }
        let call = BillgateCall(
            method: request.method.rawValue, target: target,
            key: Self.keyField.flatMap { request.headers[$0] }, type: request.headers[.contentType], body: body)
        return await simulator.settle(call)
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
