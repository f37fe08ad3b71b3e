import RemoteServices
import Sales
import Testing

@testable import Billgate

@Suite struct GoneRuleTests {
    @Test("a document that does not show is asked for ten times in more than an hour, and then it is gone")
    func schedule() {
        var (search, waited, looks) = (JobSearch(), Duration.zero, 0)
        while looks < 20 {
            looks += 1
            let job = OwedJob(key: "A", request: ServiceRequest(bytes: []), search: search, remoteID: "D")
            switch GoneRule.outcome(for: job, BillgateError(.status(404), "no")) {
            case .absent(let failure):
                waited += failure.retryAfter ?? .zero
                search.foundNothing()
            case .failed(let failure):
                #expect((failure.code, failure.disposition) == ("Billgate::DocumentGone", .reject))
                #expect(looks == 10 && waited >= .seconds(3_600))
                return
            default: break
            }
        }
        Issue.record("it is asked for for ever")
    }
}
