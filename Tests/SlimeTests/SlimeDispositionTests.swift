import RemoteServices
import Sales
import Testing

@testable import Slime

@Suite struct SlimeDispositionTests {
    private static let ofBegin: [(String, ServiceFailure.Disposition)] = [
        ("JWT::KeyNotFound", .holdAccount), ("JWT::VerificationError", .holdAccount), ("JWT::IATDrift", .holdAccount),
        ("JWT::InvalidSubject", .askProbe), ("JWT::DecodeError", .askProbe), ("JWT::SchemaViolation", .askProbe),
        ("SchemaViolation", .reject), ("LineItems::InvalidUnitCode", .reject),
        ("Certificate::NotReady", .holdAccount), ("Fund::InsufficientBalance", .holdAccount),
        ("Seller::NotConfigured", .holdAccount), ("Trade::Initiated", .alreadyActed),
        ("Theme::NotFound", .holdAccount), ("Theme::UnsupportedDocumentType", .holdAccount),
        ("Theme::UnsupportedLanguage", .holdAccount), ("NotFound", .retry),
        ("Buyer::CheckDigitFailed", .reject), ("Buyer::InvalidEmail", .reject), ("Buyer::InvalidPhoneNumber", .reject),
        ("Buyer::InvalidCountry", .reject), ("Buyer::InvalidPostcode", .reject), ("Buyer::InvalidChangwat", .reject),
        ("Buyer::InvalidAmphoe", .reject), ("Buyer::InvalidTambon", .reject), ("Buyer::AmphoeNotInChangwat", .reject),
        ("Buyer::TambonNotInAmphoe", .reject), ("Buyer::NotBornYet", .reject), ("DocumentPending", .retry),
        ("NotReady", .retry), ("AmbiguousInstruction", .reject), ("InvalidContinuationToken", .retrySeldom),
        ("Moon::Full", .retrySeldom),
    ]

    private func disposition(
        _ code: String, at step: SlimeStep = .initiate(.taxInvoiceStub), namesItsTheme: Bool = false
    ) -> ServiceFailure.Disposition {
        SlimeError(.exception(.init(code: .init(code))), "").disposition(at: step, namesItsTheme: namesItsTheme)
    }

    @Test(
        "each code has its consequence, whichever document the call is for", arguments: ofBegin, DocumentType.allCases)
    func codes(of code: (String, ServiceFailure.Disposition), type: DocumentType) {
        // A theme that lacks a rare document serves all other sales.
        let isRare = code.0 == "Theme::UnsupportedDocumentType" && type != .taxInvoiceStub
        #expect(disposition(code.0, at: .initiate(type)) == (isRare ? .reject : code.1))
    }

    @Test("the table leaves out no documented code")
    func complete() {
        let named = Set(Self.ofBegin.map(\.0))
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
            SlimeError(kind, "").disposition(at: .initiate(.taxInvoiceStub), namesItsTheme: false)
                == .noAnswer(isServiceWide: isServiceWide))
    }
}
