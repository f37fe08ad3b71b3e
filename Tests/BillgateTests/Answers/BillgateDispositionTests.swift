import RemoteServices
import Testing

@testable import Billgate

@Suite struct BillgateDispositionTests {
    typealias Row = (kind: BillgateError.Kind, meanings: [ServiceFailure.Disposition], mayHaveActed: Bool)

    private static let (down, either): (ServiceFailure.Disposition, ServiceFailure.Disposition) = (
        .noAnswer(isServiceWide: true), .noAnswer(isServiceWide: false)
    )

    private static let (unexplained, seldom): (ServiceFailure.Disposition, ServiceFailure.Disposition) = (
        .rejectUnexplained, .retrySeldom
    )
    private static let hold = ServiceFailure.Disposition.holdAccount

    /// In the order of the steps: create, link, find, customer, withdraw, probe.
    private static let rows: [Row] = [
        (.unreachable, [down, down, down, down, down, down], false),
        (.untrusted, [down, down, down, down, down, down], false),
        (.proxyFailed, [down, down, down, down, down, down], false),
        (.unanswered, [either, either, either, either, either, down], true),
        (.unintelligible, [either, either, either, either, either, down], true),
        (.tooLong, [either, either, either, either, either, down], true),
        (.unusable, [hold, hold, hold, hold, hold, hold], false),
        (.status(400), [unexplained, seldom, seldom, unexplained, .reject, hold], false),
        (.status(401), [hold, hold, hold, hold, hold, hold], false),
        (.status(402), [hold, hold, hold, hold, hold, hold], false),
        (.status(403), [hold, hold, hold, hold, .askProbe, hold], false),
        (.status(404), [down, .retry, down, down, .retry, hold], false),
        (.status(405), [either, either, either, either, .reject, down], true),
        (.status(408), [either, either, either, either, either, down], true),
        (.status(409), [.reject, seldom, seldom, .reject, .reject, down], false),
        (.status(413), [.reject, either, either, .reject, either, down], false),
        (.status(414), [.reject, either, either, .reject, either, down], false),
        (.status(418), [either, either, either, either, either, down], true),
        (.status(422), [unexplained, seldom, seldom, unexplained, .reject, hold], false),
        (.status(425), [either, either, either, either, either, down], true),
        (.status(429), [down, down, down, down, down, down], false),
        (.status(431), [.reject, either, either, .reject, either, down], false),
        (.status(302), [down, down, down, down, down, down], true),
        (.status(407), [down, down, down, down, down, down], true),
        (.status(500), [either, either, either, either, either, down], true),
        (.status(503), [either, either, either, either, either, down], true),
        (.status(511), [down, down, down, down, down, down], true),
    ]

    @Test("each answer has its meaning at each step, and only a create may have acted", arguments: rows)
    func meanings(row: Row) {
        let error = BillgateError(row.kind, "", retryAfter: .seconds(3))
        let failures = BillgateStep.allCases.map { error.failure(at: $0) }
        #expect(failures.map(\.disposition) == row.meanings, "\(row.kind)")
        #expect(failures.map(\.mayHaveActed) == [row.mayHaveActed, false, false, false, false, false], "\(row.kind)")
        #expect(failures.allSatisfy { $0.retryAfter == .seconds(3) && $0.code == error.code })
    }

    @Test(
        "statuses with a meaning are Billgate's own words, and others may be anybody's",
        arguments: [(401, "Billgate::401"), (422, "Billgate::422"), (500, "HTTP::500"), (302, "HTTP::302")])
    func codes(status: Int, code: String) {
        #expect(BillgateError(.status(status), "").code == code)
    }

    @Test("staff are told what to do about every refusal of the account, and about every end of ours")
    func advice() {
        let codes = [
            "Billgate::400", "Billgate::401", "Billgate::402", "Billgate::403", "Billgate::404", "Billgate::422",
            "Billgate::409", "Billgate::AnotherDocument", "Billgate::DocumentGone", "Billgate::NoSuchDocument",
            "Billgate::TotalDiffers", "Gateway::OutcomeUnknown",
        ]
        let usual = BillgateAdvice.advice(for: nil)
        #expect(codes.allSatisfy { BillgateAdvice.advice(for: $0) != usual })
        #expect(BillgateAdvice.advice(for: "Billgate::409").contains("--adopt DOCUMENT_ID"))
    }
}
