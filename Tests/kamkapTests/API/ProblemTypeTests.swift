import Foundation
import GatewayAPI
import NIOHTTP1
import Simulators
import Testing

/// Each refusal says by its type what it is.
@Suite(.timeLimit(.minutes(2))) struct ProblemTypeTests {
    @Test("a printer that cannot be reached, or cannot print, is not the gateway's fault")
    func printer() async throws {
        try await Store.open(printer: "[[printers]]\nname = \"gone\"\ndevice = \"tcp://127.0.0.1:1\"") { store in
            let gateway = try await RunningGateway.start(in: store)
            for request in ["test", "drawer"] {
                let answer = try await store.request(.POST, "/v1/printers/gone/\(request)")
                #expect(answer.status == 503)
                #expect(answer.headers.first(name: "Retry-After") != nil)
                let problem = try answer.problem()
                #expect(problem.kind == .printerUnavailable)
                #expect(problem.title == "The printer cannot do it now")
                #expect(problem.detail.hasPrefix("gone: "), "\(problem.detail)")
                #expect(String(decoding: answer.body, as: UTF8.self).contains("urn:kamkap:problem:printer-unavailable"))
            }
            await store.printer.set(.paperOut)
            #expect(try await store.request(.POST, "/v1/printers/front/test").problem().kind == .printerUnavailable)
            let told = try await store.command("test-print", "gone")
            #expect(told.status == 69)
            #expect(told.complaints.hasPrefix("kamkap: gone: The printer cannot do it now"), "\(told.complaints)")
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a body or query that is no sale is never an invalid sale")
    func requests() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("A")).status == 201)
            for (path, body) in [
                ("/v1/sales/A/reprint", #"{"kind":"poster"}"#), ("/v1/sales/A/reprint", #"{"printer":"attic"}"#),
                ("/v1/sales/A/reprint", "[]"), ("/v1/sales/A/retry", #"{"adopt":["yes"]}"#),
                ("/v1/sales/A/retry", #"{"adopt":1,"more":2}"#), ("/v1/backup", #"{"path":"copy.sqlite"}"#),
                ("/v1/backup", "{}"), ("/v1/backup", #"{"path":"/proc/copy.sqlite"}"#),
            ] {
                let answer = try await store.request(.POST, path, body)
                #expect(answer.status == 422, "\(path) \(body)")
                let problem = try answer.problem()
                #expect(problem.kind == .invalidRequest, "\(path) \(body): \(problem.kind)")
                #expect(problem.title == "The request is not valid")
                #expect(problem.errors?.isEmpty == false)
            }
            for path in ["/v1/sales?limit=0", "/v1/sales?registration=x", "/v1/sales?after=x", "/v1/addresses"] {
                #expect(try await store.request(.GET, path).problem().kind == .invalidRequest)
            }
            let sale = try await store.request(.POST, "/v1/sales", "{}").problem()
            #expect(sale.kind == .invalidSale)
            #expect(sale.title == "The sale is not valid")
            #expect(await gateway.stop() == 0)
        }
    }
}
