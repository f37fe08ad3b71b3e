import Foundation
import JWTKit
import Testing

@testable import Simulators

/// What the section Authentication of the API page promises, seen over HTTP.
@Suite(.timeLimit(.minutes(1)))
struct TokenCheckTests {
    private struct Greeting: JWTPayload {
        struct Parameters: Codable {
            let name: String
        }

        let sub: SubjectClaim
        let data: Parameters
        let iat: IssuedAtClaim
        let aud: AudienceClaim

        func verify(using algorithm: some JWTAlgorithm) async throws {}
    }

    @Test("a token that JWTKit makes from end to end is greeted back")
    func genuine() async throws {
        let keys = await JWTKeyCollection()
            .add(hmac: HMACKey(from: SlimeCaller.secret), digestAlgorithm: .sha256, kid: "k1234")
        let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
        let token = try await keys.sign(
            Greeting(
                sub: "test/hello", data: .init(name: "Sekai"), iat: .init(value: now),
                aud: .init(value: "thai-document.slime.systems")), kid: "k1234")
        try await withSlime { slime async throws in
            let answer = try await slime.send(token: token)
            #expect(answer.status == 200)
            #expect(answer.data["hello"] as? String == "Sekai")
            #expect(answer.headers["content-type"] == "application/json")
        }
    }

    private static let hello = #""sub":"test/hello","data":{"name":"Sekai"}"#
    private static let audience = #""aud":"thai-document.slime.systems""#

    struct Wrong: Sendable, CustomTestStringConvertible {
        let what: String
        var header = #"{"typ":"JWT","alg":"HS256","kid":"k1234"}"#
        var payload = #"{\#(hello),"iat":NOW,\#(audience)}"#
        var secret = SlimeCaller.secret
        var change: @Sendable (String) -> String = { $0 }
        let code: String

        var testDescription: String { what }
    }

    static let wrong: [Wrong] = [
        Wrong(
            what: "an audience in a list", payload: #"{\#(hello),"iat":NOW,"aud":["x","thai-document.slime.systems"]}"#,
            code: "success"),
        Wrong(what: "an unknown key", header: #"{"typ":"JWT","alg":"HS256","kid":"k9"}"#, code: "JWT::KeyNotFound"),
        Wrong(what: "no key", header: #"{"typ":"JWT","alg":"HS256"}"#, code: "JWT::SchemaViolation"),
        Wrong(what: "no type", header: #"{"alg":"HS256","kid":"k1234"}"#, code: "JWT::SchemaViolation"),
        Wrong(
            what: "another algorithm", header: #"{"typ":"JWT","alg":"HS512","kid":"k1234"}"#, code: "JWT::DecodeError"),
        Wrong(what: "no algorithm", header: #"{"typ":"JWT","alg":"none","kid":"k1234"}"#, code: "JWT::DecodeError"),
        Wrong(what: "another secret", secret: String(repeating: "x", count: 40), code: "JWT::VerificationError"),
        Wrong(
            what: "no signature", change: { $0.split(separator: ".").prefix(2).joined(separator: ".") + "." },
            code: "JWT::VerificationError"),
        Wrong(
            what: "two parts", change: { $0.split(separator: ".").prefix(2).joined(separator: ".") },
            code: "JWT::DecodeError"),
        Wrong(what: "padding", change: { $0 + "=" }, code: "JWT::DecodeError"),
        Wrong(what: "a header that is no JSON", header: "{", code: "JWT::DecodeError"),
        Wrong(what: "a payload that is no JSON", payload: "{", code: "JWT::DecodeError"),
        Wrong(
            what: "a claim twice", payload: #"{\#(hello),"iat":NOW,"iat":NOW,\#(audience)}"#, code: "JWT::DecodeError"),
        Wrong(what: "no subject", payload: #"{"data":{},"iat":NOW,\#(audience)}"#, code: "JWT::SchemaViolation"),
        Wrong(what: "no data", payload: #"{"sub":"test/hello","iat":NOW,\#(audience)}"#, code: "JWT::SchemaViolation"),
        Wrong(
            what: "data in a list", payload: #"{"sub":"test/hello","data":[],"iat":NOW,\#(audience)}"#,
            code: "JWT::SchemaViolation"),
        Wrong(what: "no iat", payload: #"{\#(hello),\#(audience)}"#, code: "JWT::SchemaViolation"),
        Wrong(
            what: "an iat in a string", payload: #"{\#(hello),"iat":"NOW",\#(audience)}"#, code: "JWT::SchemaViolation"),
        Wrong(
            what: "an iat with a fraction", payload: #"{\#(hello),"iat":NOW.5,\#(audience)}"#,
            code: "JWT::SchemaViolation"),
        Wrong(what: "no audience", payload: #"{\#(hello),"iat":NOW}"#, code: "JWT::SchemaViolation"),
        Wrong(
            what: "another audience", payload: #"{\#(hello),"iat":NOW,"aud":"example.com"}"#,
            code: "JWT::SchemaViolation"),
        Wrong(
            what: "an unknown subject", payload: #"{"sub":"test/bye","data":{},"iat":NOW,\#(audience)}"#,
            code: "JWT::InvalidSubject"),
        Wrong(
            what: "no name to greet", payload: #"{"sub":"test/hello","data":{},"iat":NOW,\#(audience)}"#,
            code: "SchemaViolation"),
    ]

    @Test("what is wrong with a token is named by the documented code", arguments: wrong)
    func named(wrong: Wrong) async throws {
        let now = String(Int(Date().timeIntervalSince1970))
        let token = wrong.change(
            try await SlimeCaller.token(
                header: wrong.header, payload: wrong.payload.replacing("NOW", with: now), secret: wrong.secret))
        try await withSlime { slime async throws in
            #expect(try await slime.send(token: token).code == wrong.code)
        }
    }

    @Test(
        "an iat within the acceptable drift passes on either side, one beyond does not",
        arguments: [(-290, "success"), (290, "success"), (-310, "JWT::IATDrift"), (310, "JWT::IATDrift")])
    func drift(seconds: Int, code: String) async throws {
        try await withSlime { slime async throws in
            let issuedAt = Int(Date().timeIntervalSince1970) + seconds
            #expect(try await slime.call("test/hello", #"{"name":"x"}"#, issuedAt: issuedAt).code == code)
        }
    }

    @Test(
        "a body without a token is a decode error",
        arguments: ["", "[]", "{}", #"{"request":1}"#, #"{"request":null}"#, "request=abc", "{\"request\":\"a.b\""])
    func noToken(body: String) async throws {
        try await withSlime { slime async throws in
            #expect(try await slime.request("POST", slime.endpoint, body: body).code == "JWT::DecodeError")
        }
    }

    @Test("a secret shorter than the hash is refused before anything listens")
    func shortSecret() async throws {
        let error = await #expect(throws: SimulatorError.self) {
            try await withSlime({ $0.secret = "short" }) { _ in }
        }
        #expect(error?.code == .invalidConfiguration)
    }
}
