import HTTPTypes
import HummingbirdCore
import NIOCore

/// Where each path leads.
struct ScanlyIQRoutes: Sendable {
    let simulator: ScanlyIQSimulator
    let configuration: ScanlyIQSimulator.Configuration

    func serve(_ request: Request, by writer: consuming ResponseWriter) async throws {
        try await answer(request).send(by: writer, withBody: request.method != .head)
    }

    private func answer(_ request: Request) async throws -> Reply {
        let target = request.head.path ?? "/"
        let body = try await body(of: request)
        if target.hasPrefix("/simulator/") {
            let control = ScanlyIQControl(simulator: simulator, isOpen: configuration.control)
            return await control.answer(request.method, target, body: body)
        }
        let call = ScanlyIQCall(
            method: request.method.rawValue, target: target, authorization: request.headers[.authorization],
            type: request.headers[.contentType], body: body)
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
