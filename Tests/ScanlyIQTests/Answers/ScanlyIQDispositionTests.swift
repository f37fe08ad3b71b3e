import RemoteServices
import Testing

@testable import ScanlyIQ

@Suite struct ScanlyIQDispositionTests {
    typealias Row = (kind: ScanlyIQError.Kind, meanings: [ServiceFailure.Disposition], mayHaveActed: Bool)

    private static let (down, either): (ServiceFailure.Disposition, ServiceFailure.Disposition) = (
        .noAnswer(isServiceWide: true), .noAnswer(isServiceWide: false)
    )
    private static let (hold, seldom): (ServiceFailure.Disposition, ServiceFailure.Disposition) = (
        .holdAccount, .retrySeldom
    )

    /// In the order of the steps: upload, create, result, question, probe.
    private static let rows: [Row] = [
        (.limited, [.retry, .retry, .retry, .retry, .retry], false),
        (.withoutJobID, [hold, hold, hold, hold, hold], true),
        (.unreachable, [down, down, down, down, down], false),
        (.untrusted, [down, down, down, down, down], false),
        (.proxyFailed, [down, down, down, down, down], false),
        (.unanswered, [either, either, either, either, down], true),
        (.unintelligible, [either, either, either, either, down], true),
        (.unusable, [hold, hold, hold, hold, hold], false),
        (.status(400), [.reject, .rejectUnexplained, seldom, hold, hold], false),
        (.status(401), [hold, hold, hold, hold, hold], false),
        (.status(402), [hold, hold, hold, hold, hold], false),
        (.status(403), [hold, hold, .askProbe, hold, hold], false),
        (.status(404), [down, .rejectUnexplained, seldom, hold, hold], false),
        (.status(405), [either, either, either, either, down], true),
        (.status(408), [either, either, either, either, down], true),
        (.status(413), [.reject, .reject, either, either, down], false),
        (.status(415), [.reject, .reject, either, either, down], false),
        (.status(422), [.reject, .rejectUnexplained, seldom, hold, hold], false),
        (.status(429), [.retry, .retry, .retry, .retry, .retry], false),
        (.status(431), [either, either, either, either, down], false),
        (.status(302), [down, down, down, down, down], true),
        (.status(407), [down, down, down, down, down], true),
        (.status(500), [either, either, either, either, down], true),
        (.status(503), [either, either, either, either, down], true),
        (.status(511), [down, down, down, down, down], true),
    ]

    @Test("each answer has its meaning at each step, and only the making of a job may have acted", arguments: rows)
    func meanings(row: Row) {
        let error = ScanlyIQError(row.kind, "", retryAfter: .seconds(3))
        let failures = ScanlyIQStep.allCases.map { error.failure(at: $0) }
        #expect(failures.map(\.disposition) == row.meanings, "\(row.kind)")
        #expect(failures.map(\.mayHaveActed) == [false, row.mayHaveActed, false, false, false], "\(row.kind)")
        #expect(failures.allSatisfy { $0.isOwn == (row.kind == .limited) })
        #expect(failures.allSatisfy { $0.retryAfter == .seconds(3) && $0.code == error.code })
    }

    @Test(
        "statuses of the page are ScanlyIQ's own words, and others may be anybody's",
        arguments: [(401, "ScanlyIQ::401"), (402, "ScanlyIQ::402"), (429, "ScanlyIQ::429"), (500, "HTTP::500")])
    func codes(status: Int, code: String) { #expect(ScanlyIQError(.status(status), "").code == code) }

    @Test("staff are told what to do about every refusal of the account, and about every end of ours")
    func advice() {
        let codes = [
            "ScanlyIQ::400", "ScanlyIQ::401", "ScanlyIQ::402", "ScanlyIQ::403", "ScanlyIQ::404", "ScanlyIQ::413",
            "ScanlyIQ::415", "ScanlyIQ::422", "ScanlyIQ::NoModel", "ScanlyIQ::NoJobID", "ScanlyIQ::NoResult",
            "Gateway::OutcomeUnknown", "Gateway::ImageGone",
        ]
        let usual = ScanlyIQAdvice.advice(for: nil)
        #expect(codes.allSatisfy { ScanlyIQAdvice.advice(for: $0) != usual })
    }
}
