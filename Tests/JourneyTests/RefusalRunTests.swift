import Foundation
import Testing

@testable import Journey

@Suite struct RefusalRunTests {
    private static let start = Date(timeIntervalSince1970: 1_795_144_500)

    /// Whether the account is refused, after each refusal of a job with a code.
    private func refusals(_ policy: inout ServicePolicy, _ refused: [(job: Int64, code: String)]) -> [Bool] {
        refused.map { policy.refused($0.job, with: $0.code) }
    }

    @Test("unexplained refusals of three jobs in a row are the account's, and one job's own are not")
    func inARow() {
        var policy = ServicePolicy(concurrency: 8)
        let found = refusals(
            &policy, [(1, "HTTP::400"), (2, "HTTP::422"), (2, "HTTP::422"), (4, "HTTP::422"), (5, "HTTP::422")])
        #expect(found == [false, false, false, false, true])
        policy.succeeded(.healthCheck)
        #expect(refusals(&policy, [(6, "HTTP::422")]) == [true])
        // An answer to a question about another job.
        policy.succeeded(.job(9), hasActed: false)
        #expect(refusals(&policy, [(6, "HTTP::422")]) == [true])
        policy.succeeded(.job(7))
        #expect(refusals(&policy, [(8, "HTTP::422")]) == [false])
    }

    @Test("while the account is held, an unexplained refusal is its as well, and a person's release begins anew")
    func whileHeld() {
        var policy = ServicePolicy(concurrency: 8)
        policy.heldAccount(Failure(code: "HTTP::422", message: "no", at: Self.start), at: Self.start)
        #expect(refusals(&policy, [(1, "HTTP::422")]) == [true])
        policy.released()
        #expect(refusals(&policy, [(2, "HTTP::422")]) == [false])
    }
}
