import JSON
import RemoteServices
import Simulators
import Testing

@testable import Billgate

@Suite(.timeLimit(.minutes(1))) struct BillgateBillingFailureTests {
    typealias Fault = BillgateSimulator.Fault.Kind

    private func failure(_ body: () async throws(BillingFailure) -> Void) async throws -> BillingFailure {
        do {
            try await body()
        } catch { return error }
        Issue.record("expected a failure")
        throw FixtureError()
    }

    @Test(
        "a failed write says whether Billgate may have acted",
        arguments: [
            (Fault.unavailable(status: 503), BillingFailure.Kind.failed, true),
            (.unavailable(status: 429, retryAfter: .seconds(7)), .failed, false),
            (.loseAnswerAfterActing, .failed, true), (.loseAnswerBeforeActing, .failed, true),
            (.garbage, .failed, true),
            (.otherAnswer(status: 202, body: "{}"), .failed, true),
            (.otherAnswer(status: 200, body: "{}"), .failed, true),
            (.refusal(status: 400, body: "no"), .refused, false), (.refusal(status: 409, body: "no"), .refused, false),
            (.refusal(status: 422, body: "no"), .refused, false),
            (.refusal(status: 401, body: "no"), .accountRefused, false),
            (.refusal(status: 403, body: "no"), .accountRefused, false),
            (.refusal(status: 404, body: "no"), .failed, false),
        ])
    func writes(fault: Fault, kind: BillingFailure.Kind, mayHaveActed: Bool) async throws {
        try await withBillgate(timeout: .seconds(2)) { billgate, service in
            await billgate.inject(.init(fault))
            let call = BillingCall(.add(.customers), body: try Fixture.object(PageExamples.customer))
            let failure = try await failure { () throws(BillingFailure) in _ = try await service.perform(call) }
            #expect(failure.kind == kind && failure.failure.mayHaveActed == mayHaveActed)
            if case .unavailable(_, let pause) = fault { #expect(failure.failure.retryAfter == pause) }
        }
    }

    @Test("what is not there is absent, and a failed read has acted on nothing")
    func reads() async throws {
        try await withBillgate(timeout: .seconds(2)) { billgate, service in
            let call = BillingCall(.show(.bills), id: "nothing")
            #expect(
                try await failure { () throws(BillingFailure) in _ = try await service.perform(call) }.kind == .absent)
            await billgate.inject(.init(.loseAnswerBeforeActing))
            let lost = try await failure { () throws(BillingFailure) in _ = try await service.perform(call) }
            #expect(lost.kind == .failed && !lost.failure.mayHaveActed)
        }
    }

    @Test("a failed call about tokens quotes nothing of its answer")
    func tokens() async throws {
        try await withBillgate { billgate, service in
            await billgate.inject(.init(.refusal(status: 500, body: #"{"access_token":"n3w-s3cret"}"#)))
            let failure = try await failure { () throws(BillingFailure) in _ = try await service.accessToken(.new) }
            #expect(failure.failure.mayHaveActed)
            #expect(!"\(failure)".contains("s3cret") && failure.failure.message.contains("500"))
        }
    }

    @Test("the calls of a service have each name once")
    func names() {
        #expect(Set(BillgateService.calls).count == BillgateService.calls.count)
        #expect(["billing_read", "billing_write", "billing_token"].allSatisfy(BillgateService.calls.contains))
    }
}
