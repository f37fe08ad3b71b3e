import JSON
import RemoteServices
import Sales
import Simulators
import Testing

@testable import Billgate

@Suite(.timeLimit(.minutes(1))) struct DocumentPageTests {
    @Test(
        "a total that no list has is none",
        arguments: [
            ("100000000", 100_000_000), ("1e8", 100_000_000), ("100000001", nil), ("9223372036854775807", nil),
            ("-1", nil), ("-9223372036854775808", nil), ("1e30", nil), ("1.5", nil), (#""7""#, nil),
        ] as [(String, Int?)])
    func totals(text: String, total: Int?) throws {
        let answer = try Fixture.object(#"{"total":\#(text),"next":0,"data":[{"id":"x"}]}"#)
        #expect(DocumentPage(answer)?.total == total)
        #expect(CustomerPage(answer)?.total == total)
        #expect(BillingPage(answer, offset: 0, limit: 1)?.total == total)
    }

    @Test("a look through a list that says such a total tells nothing")
    func look() async throws {
        try await withBillgate { billgate, service in
            let body = #"{"total":9223372036854775807,"next":9223372036854775807,"data":[{"id":"x","number":"N"}]}"#
            await billgate.inject(.init(.otherAnswer(status: 200, body: body), operation: .listReceipts))
            let event = try Fixture.event()
            let job = OwedJob(key: event.sale.id.text, request: service.request(for: event), mayHaveActed: true)
            guard case .failed(let failure) = await service.begin(job) else { throw FixtureError() }
            #expect(failure.code == "Gateway::ListUnsettled" && failure.disposition == .retry)
            #expect(await billgate.documents(.receipt).isEmpty)
        }
    }

    @Test("an offset that no list has is no page")
    func offset() throws {
        let answer = try Fixture.object(#"{"data":[{"id":"x"}]}"#)
        #expect(BillingPage(answer, offset: .max, limit: 10) == nil)
    }
}
