import RemoteServices
import Testing

@testable import Slime

@Suite struct SlimeDispositionTests {
    private static let ofStub: [(String, ServiceFailure.Disposition)] = [
        ("JWT::KeyNotFound", .holdAccount), ("JWT::VerificationError", .holdAccount), ("JWT::IATDrift", .holdAccount),
        ("JWT::InvalidSubject", .askProbe), ("JWT::DecodeError", .askProbe), ("JWT::SchemaViolation", .askProbe),
        ("SchemaViolation", .reject), ("LineItems::InvalidUnitCode", .reject),
        ("Certificate::NotReady", .holdAccount), ("Fund::InsufficientBalance", .holdAccount),
        ("Seller::NotConfigured", .holdAccount), ("Trade::Initiated", .alreadyActed),
        ("Theme::NotFound", .holdAccount), ("Theme::UnsupportedDocumentType", .holdAccount),
        ("Theme::UnsupportedLanguage", .holdAccount), ("NotFound", .retry),
        ("Moon::Full", .retrySeldom),
    ]

    private func disposition(
        _ code: String, at step: SlimeStep = .stub, namesItsTheme: Bool = false
    ) -> ServiceFailure.Disposition {
        SlimeError(.exception(.init(code: .init(code))), "").disposition(at: step, namesItsTheme: namesItsTheme)
    }

    @Test("each code of the stub has its consequence", arguments: ofStub)
    func codes(code: String, expected: ServiceFailure.Disposition) {
        #expect(disposition(code) == expected)
    }

    @Test("the table leaves out no documented code")
    func complete() {
        let named = Set(Self.ofStub.map(\.0))
        #expect(SlimeException.Code.documented.allSatisfy { named.contains($0.text) })
    }

    @Test("a theme that the event chose is the sale's own fault")
    func theme() {
        #expect(disposition("Theme::NotFound", namesItsTheme: true) == .reject)
    }

    @Test("show makes no transaction, so it cannot find one made")
    func show() {
        #expect(disposition("Trade::Initiated", at: .show) == .retrySeldom)
    }

    @Test(
        "what is no answer of Slime's is tried again, and is service-wide only where no sale can have brought it about",
        arguments: [
            (SlimeError.Kind.unreachable, true), (.untrusted, true),
            (.proxyFailed, true), (.unexpectedStatus(302), true), (.unexpectedStatus(429), true),
            (.unexpectedStatus(511), true), (.unanswered, false), (.unintelligible, false),
            (.unexpectedStatus(500), false), (.unexpectedStatus(503), false), (.unexpectedStatus(403), false),
        ])
    func transport(kind: SlimeError.Kind, isServiceWide: Bool) {
        #expect(
            SlimeError(kind, "").disposition(at: .stub, namesItsTheme: false)
                == .noAnswer(isServiceWide: isServiceWide))
    }
}
