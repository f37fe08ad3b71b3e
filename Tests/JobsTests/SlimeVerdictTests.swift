import Foundation
import Journey
import Slime
import Testing

@testable import Jobs

@Suite struct SlimeVerdictTests {
    private static let ofStub: [(String, SlimeVerdict)] = [
        ("JWT::KeyNotFound", .holdAccount), ("JWT::VerificationError", .holdAccount), ("JWT::IATDrift", .correctClock),
        ("JWT::InvalidSubject", .askHello), ("JWT::DecodeError", .askHello), ("JWT::SchemaViolation", .askHello),
        ("SchemaViolation", .rejectSale), ("LineItems::InvalidUnitCode", .rejectSale),
        ("Certificate::NotReady", .holdAccount), ("Fund::InsufficientBalance", .holdAccount),
        ("Seller::NotConfigured", .holdAccount), ("Trade::Initiated", .alreadyInitiated),
        ("Theme::NotFound", .holdAccount), ("Theme::UnsupportedDocumentType", .holdAccount),
        ("Theme::UnsupportedLanguage", .holdAccount), ("NotFound", .tryAgain),
        ("Moon::Full", .tryAgainSeldom),
    ]

    private func verdict(
        _ code: String, step: JobMachine.Step = .begin, namesItsTheme: Bool = false
    ) -> SlimeVerdict {
        SlimeVerdict(SlimeError(.exception(.init(code: .init(code))), ""), step: step, namesItsTheme: namesItsTheme)
    }

    @Test("each code of the stub has its consequence", arguments: ofStub)
    func codes(code: String, expected: SlimeVerdict) {
        #expect(verdict(code) == expected)
    }

    @Test("the table leaves out no documented code")
    func complete() {
        let named = Set(Self.ofStub.map(\.0))
        #expect(SlimeException.Code.documented.allSatisfy { named.contains($0.text) })
    }

    @Test("a theme that the event chose is the sale's own fault")
    func theme() {
        #expect(verdict("Theme::NotFound", namesItsTheme: true) == .rejectSale)
    }

    @Test("show makes no transaction, so it cannot find one made")
    func show() {
        #expect(verdict("Trade::Initiated", step: .follow) == .tryAgainSeldom)
    }

    @Test(
        "what is no answer of Slime's is tried again, and speaks of Slime alone where no sale can have brought it about",
        arguments: [
            (SlimeError.Kind.unreachable, ServicePolicy.Scope.provider), (.untrusted, .provider),
            (.proxyFailed, .provider), (.unexpectedStatus(302), .provider), (.unexpectedStatus(429), .provider),
            (.unexpectedStatus(511), .provider), (.unanswered, .either), (.unintelligible, .either),
            (.unexpectedStatus(500), .either), (.unexpectedStatus(503), .either), (.unexpectedStatus(403), .either),
        ])
    func transport(kind: SlimeError.Kind, scope: ServicePolicy.Scope) {
        #expect(SlimeVerdict(SlimeError(kind, ""), step: .begin, namesItsTheme: false) == .noAnswer(scope))
    }
}

@Suite struct ServiceURLRuleTests {
    @Test(
        "links that may stand on paper",
        arguments: [
            "https://app.thai-document.slime.systems/projects/1/trading-document-interface/A/0f",
            "http://127.0.0.1:8080/x",
            "http://localhost/x", "http://[::1]:80/x",
        ])
    func accepted(url: String) { #expect(ServiceURLRule.fault(of: url) == nil) }

    @Test(
        "links that may not, and the reason does not repeat them",
        arguments: [
            "http://app.example/secret", "ftp://app.example/secret", "javascript:secret()", "", "https://",
            "http://127.0.0.1.evil.example/secret", "https://app.example/" + String(repeating: "secret", count: 90),
        ])
    func refused(url: String) {
        let fault = ServiceURLRule.fault(of: url)
        #expect(fault != nil)
        #expect(fault?.contains("secret") == false)
    }
}
