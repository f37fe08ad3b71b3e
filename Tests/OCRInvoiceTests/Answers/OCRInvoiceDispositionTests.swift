import RemoteServices
import Testing

@testable import OCRInvoice

@Suite struct OCRInvoiceDispositionTests {
    typealias Row = (kind: OCRInvoiceError.Kind, meanings: [ServiceFailure.Disposition], mayHaveActed: Bool)

    private static let (down, either): (ServiceFailure.Disposition, ServiceFailure.Disposition) = (
        .noAnswer(isServiceWide: true), .noAnswer(isServiceWide: false)
    )
    private static let (hold, seldom, ask):
        (
            ServiceFailure.Disposition, ServiceFailure.Disposition, ServiceFailure.Disposition
        ) = (.holdAccount, .retrySeldom, .askProbe)
    private static let (reject, unexplained): (ServiceFailure.Disposition, ServiceFailure.Disposition) = (
        .reject, .rejectUnexplained
    )

    private static func all(_ meaning: ServiceFailure.Disposition) -> [ServiceFailure.Disposition] {
        Array(repeating: meaning, count: 9)
    }

    /// A 4xx that has no meaning of its own.
    private static let refused = [hold, seldom, seldom, reject, reject, reject, reject, reject, .retry]
    /// One that is not the service's own.
    private static let foreign = [hold, seldom, seldom] + Array(repeating: either, count: 6)
    private static let unknownEnd = [down] + Array(repeating: either, count: 8)

    /// In the order of the calls: probe, list, find, create, show, update, delete, process, results.
    private static let rows: [Row] = [
        (.unreachable, all(down), false), (.untrusted, all(down), false), (.proxyFailed, all(down), false),
        (.unusable, all(hold), false), (.unanswered, unknownEnd, true), (.unintelligible, unknownEnd, true),
        (.tooLong, [down] + Array(repeating: either, count: 7) + [seldom], true),
        (.refused, [down, seldom, seldom, reject, reject, reject, reject, reject, .retry], false),
        (.status(400), [hold, seldom, seldom, unexplained, reject, reject, reject, reject, .retry], false),
        (.status(401), all(hold), false), (.status(402), all(hold), false),
        (.status(403), [hold, hold, hold, hold, ask, ask, ask, ask, ask], false),
        (.status(404), [hold, down, down, down, .retry, .retry, .retry, .retry, .retry], false),
        (.status(405), foreign, false), (.status(409), refused, false),
        (.status(410), [hold, down, down, down, .retry, .retry, .retry, .retry, .retry], false),
        (.status(413), refused, false), (.status(415), refused, false), (.status(418), foreign, true),
        (.status(499), foreign, true),
        (.status(422), [hold, seldom, seldom, unexplained, reject, reject, reject, reject, .retry], false),
        (.status(408), unknownEnd, true), (.status(425), unknownEnd, false), (.status(429), all(down), false),
        (.status(302), all(down), true), (.status(407), all(down), false), (.status(500), unknownEnd, true),
        (.status(503), unknownEnd, true), (.status(511), all(down), true), (.status(101), unknownEnd, true),
    ]

    @Test("each answer has its meaning at each call, and only a create and a process may have acted", arguments: rows)
    func meanings(row: Row) {
        let error = OCRInvoiceError(row.kind, "", retryAfter: .seconds(3))
        let failures = OCRInvoiceCall.allCases.map { error.failure(at: $0) }
        #expect(failures.map(\.disposition) == row.meanings, "\(row.kind)")
        for (call, failure) in zip(OCRInvoiceCall.allCases, failures) {
            #expect(failure.mayHaveActed == (row.mayHaveActed && (call == .create || call == .process)), "\(call)")
        }
        #expect(failures.allSatisfy { $0.retryAfter == .seconds(3) && $0.code == error.code })
    }

    @Test(
        "statuses with a meaning are the service's own words, and others may be anybody's",
        arguments: [(401, "OCRInvoice::401"), (422, "OCRInvoice::422"), (500, "HTTP::500"), (302, "HTTP::302")])
    func codes(status: Int, code: String) {
        #expect(OCRInvoiceError(.status(status), "").code == code)
    }

    @Test("staff are told what to do about every refusal, and about every end of ours")
    func advice() {
        let codes = [
            "OCRInvoice::400", "OCRInvoice::401", "OCRInvoice::402", "OCRInvoice::403", "OCRInvoice::404",
            "OCRInvoice::409", "OCRInvoice::422", "OCRInvoice::Refused", OCRInvoiceService.jobGone,
            OCRInvoiceService.anotherJob, OCRInvoiceService.wrongPath, OCRInvoiceService.readingFailed,
            "Gateway::OutcomeUnknown",
        ]
        let usual = OCRInvoiceAdvice.advice(for: nil)
        #expect(codes.allSatisfy { OCRInvoiceAdvice.advice(for: $0) != usual })
    }
}
