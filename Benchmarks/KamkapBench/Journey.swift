import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Simulators

/// One sale after the other, each to the next printer.
struct Journey {
    let socket: String
    let printers: [VirtualPrinter]

    /// Milliseconds to the 201.
    func toAnswer(_ number: Int) async throws -> Double {
        let printer = printers[number % printers.count]
        let papers = await printer.papers().count
        let begun = ContinuousClock.now
        try await post(number, to: "/v1/sales")
        let time = (ContinuousClock.now - begun).inMilliseconds
        // Its paper must not get in the next one's way.
        _ = try await printer.paper(atLeast: papers + 1, within: .seconds(20))
        return time
    }

    /// Milliseconds to the last byte at the printer, and until the gateway knows of the paper.
    func toPaper(_ number: Int) async throws -> (printed: Double, confirmed: Double) {
        let printer = printers[number % printers.count]
        let papers = await printer.papers().count
        let begun = ContinuousClock.now
        // The cut is the last command of a paper.
        async let cut = printer.paper(atLeast: papers + 1, within: .seconds(20))
        async let answer: Void = post(number, to: "/v1/sales?wait=printed")
        _ = try await cut
        let printed = ContinuousClock.now - begun
        try await answer
        return (printed.inMilliseconds, (ContinuousClock.now - begun).inMilliseconds)
    }

    private func post(_ number: Int, to path: String) async throws {
        guard let url = URL(httpURLWithSocketPath: socket, uri: path) else { throw BenchmarkError("no socket path") }
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(
            ByteBuffer(string: SampleSale.event(number, terminal: "T\(number % printers.count)")))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        _ = try await response.body.collect(upTo: 1 << 20)
        guard response.status == .created else {
            throw BenchmarkError("the gateway answered \(response.status.code) to sale \(number)")
        }
    }
}
