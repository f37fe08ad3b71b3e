import Gateway
import JSON
import Sales
import Testing

@testable import Intake

@Suite struct RetryRequestTests {
    private func request(_ text: String?) throws -> RetryRequest { try RetryRequest(text.map { Array($0.utf8) }) }

    @Test(
        "without a word nothing is adopted and the buyer stays",
        arguments: [nil, "{}", #"{"adopt":null,"buyer":null,"without_buyer":null}"#, #"{"without_buyer":false}"#])
    func nothing(body: String?) throws {
        let request = try request(body)
        #expect(request.retry == SaleRetry())
    }

    @Test("another buyer, or none, with or without adoption")
    func changes() throws {
        let buyer = try request(#"{"buyer":{"name":"ก"}}"#)
        #expect(buyer.retry == SaleRetry(changing: .replaced(["name": .string("ก")])))
        let none = try request(#"{"adopt":true,"without_buyer":true}"#)
        #expect(none.retry == SaleRetry(.adopting(documentID: nil), changing: .removed))
    }

    @Test("a document by its id, anew, and another provider")
    func ways() throws {
        #expect(try request(#"{"adopt":"R-1"}"#).retry == SaleRetry(.adopting(documentID: "R-1")))
        #expect(try request(#"{"adopt":false,"anew":true}"#).retry == SaleRetry(.anew))
        #expect(try request(#"{"provider":"billgate"}"#).retry == SaleRetry(.moving(to: .billgate)))
    }

    @Test(
        "what is not understood is told with its place",
        arguments: [
            (#"{"adopt":1}"#, ["/adopt"]), (#"{"buyer":"me"}"#, ["/buyer"]), (#"{"buyer":[]}"#, ["/buyer"]),
            (#"{"without_buyer":"yes"}"#, ["/without_buyer"]), (#"{"adopt":""}"#, ["/adopt"]),
            (#"{"adopt":"R 1"}"#, ["/adopt"]), (#"{"anew":"yes"}"#, ["/anew"]), (#"{"provider":true}"#, ["/provider"]),
            (#"{"adopt":true,"anew":true,"provider":"slime"}"#, ["/anew", "/provider"]),
            (#"{"buyer":{},"without_buyer":true}"#, ["/without_buyer"]),
            (#"{"buyers":{}}"#, ["/buyers"]), (#"{"buyer":1,"without_buyer":2}"#, ["/buyer", "/without_buyer"]),
        ])
    func faults(body: String, pointers: [String]) throws {
        let error = #expect(throws: OperationError.self) { try request(body) }
        guard case .invalidRequest(let faults)? = error else { throw RetryError() }
        #expect(faults.map(\.pointer) == pointers)
    }

    private struct RetryError: Error {}
}
