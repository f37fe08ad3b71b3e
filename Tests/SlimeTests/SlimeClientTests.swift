import Foundation
import HTTPCalls
import JSON
import Sales
import Simulators
import Testing

@testable import Slime

@Suite(.timeLimit(.minutes(1))) struct SlimeClientTests {
    private func error(_ call: () async throws -> Void) async -> SlimeError? {
        do {
            try await call()
            Issue.record("expected an error")
            return nil
        } catch let error as SlimeError {
            return error
        } catch {
            Issue.record("expected a SlimeError, found \(error)")
            return nil
        }
    }

    @Test("hello, stub and show succeed, and Slime got the very bytes that are kept")
    func journey() async throws {
        try await withSlime { slime, client in
            let greeting = try await client.hello(issuedAt: Date())
            #expect(greeting["hello"] == .string("Kamkap"))
            let data = RegistrationData.bytes(for: try Fixture.event("a/B-1"))
            try await client.initiate(.taxInvoiceStub, data: data, issuedAt: Date())
            let url = try await client.show(Fixture.id("a/B-1"), issuedAt: Date()).serviceURL
            let kept = try #require(await slime.transaction("a/B-1"))
            #expect(url == kept.serviceURL)
            #expect(kept.data == data)
        }
    }

    @Test("every exception of the API page arrives as itself", arguments: SlimeException.Code.documented)
    func exceptions(code: SlimeException.Code) async throws {
        try await withSlime { slime, client in
            await slime.inject(.init(.exception(code: code.text, message: "why"), times: 2))
            let data = RegistrationData.bytes(for: try Fixture.event("A"))
            let stub = await error { try await client.initiate(.taxInvoiceStub, data: data, issuedAt: Date()) }
            #expect(stub?.kind == .exception(SlimeException(code: code, message: "why")))
            #expect(stub?.mayHaveActed == false)
            #expect(stub?.serverDate != nil)
            let show = await error { _ = try await client.show(Fixture.id("A"), issuedAt: Date()) }
            #expect(show?.code == code.text)
        }
    }

    @Test("the server's clock is known by its own answers, refusals too, and by nobody else's page")
    func serverClock() async throws {
        try await withSlime { slime, client in
            #expect(client.serverClock.latest == nil)
            await slime.inject(.init(.unavailable(status: 503)))
            _ = await error { try await client.hello(issuedAt: Date()) }
            #expect(client.serverClock.latest == nil)
            await slime.clearFaults()
            _ = await error { try await client.hello(issuedAt: Date() - 86_400) }
            let heard = try #require(client.serverClock.latest)
            #expect(abs(heard.date.timeIntervalSinceNow) < 10 && heard.age < .seconds(10))
            try await client.hello(issuedAt: Date())
            #expect(try #require(client.serverClock.latest).age < heard.age + .seconds(10))
            #expect(client.isOnThisMachine)
        }
    }

    @Test("the codes of the page are thirty, and a code that is not among them keeps its name")
    func codes() {
        #expect(SlimeException.Code.documented.count == 30)
        #expect(SlimeException.Code("Moon::Full") == .unknown("Moon::Full"))
        #expect(SlimeException(code: .init("Moon::Full")).meaning == .unknown)
        #expect(SlimeException(code: .init("LineItems::TooShiny")).meaning == .thisSale)
        #expect(SlimeException(code: .init("Buyer::NotBornYet")).meaning == .thisSale)
        #expect(SlimeException(code: .init("Theme::TooDull")).meaning == .theme)
    }

    @Test("a wrong key, a wrong secret and a wrong clock are told apart")
    func credentials() async throws {
        try await withSlime(keyID: "other") { _, client in
            let code = await error { try await client.hello(issuedAt: Date()) }?.code
            #expect(code == "JWT::KeyNotFound")
        }
        try await withSlime(secret: "another secret of sufficient length, 40 c") { _, client in
            let code = await error { try await client.hello(issuedAt: Date()) }?.code
            #expect(code == "JWT::VerificationError")
        }
        try await withSlime { _, client in
            let code = await error { try await client.hello(issuedAt: Date() - 86_400) }?.code
            #expect(code == "JWT::IATDrift")
        }
    }

    @Test("a second stub of the same id is refused as initiated already")
    func duplicate() async throws {
        try await withSlime { _, client in
            let data = RegistrationData.bytes(for: try Fixture.event("A"))
            try await client.initiate(.taxInvoiceStub, data: data, issuedAt: Date())
            let code = await error { try await client.initiate(.taxInvoiceStub, data: data, issuedAt: Date()) }?.code
            #expect(code == "Trade::Initiated")
        }
    }

    @Test(
        "an answer that is no answer says whether Slime may have acted",
        arguments: [
            (
                SlimeSimulator.Fault.Kind.unavailable(status: 503, retryAfter: .seconds(7)),
                SlimeError.Kind.unexpectedStatus(503)
            ),
            (.unavailable(status: 429, retryAfter: nil), .unexpectedStatus(429)),
            (.unavailable(status: 302, retryAfter: nil), .unexpectedStatus(302)),
            (.unavailable(status: 404, retryAfter: nil), .unexpectedStatus(404)),
            (.loseAnswerBeforeActing, .unanswered),
            (.loseAnswerAfterActing, .unanswered),
            (.truncated, .unanswered),
            (.garbage, .unintelligible),
        ])
    func faults(kind: SlimeSimulator.Fault.Kind, expected: SlimeError.Kind) async throws {
        try await withSlime { slime, client in
            await slime.inject(.init(kind))
            let data = RegistrationData.bytes(for: try Fixture.event("A"))
            let error = await error { try await client.initiate(.taxInvoiceStub, data: data, issuedAt: Date()) }
            #expect(error?.kind == expected)
            #expect(error?.mayHaveActed == true)
            if case .unavailable(_, .some(let delay)) = kind { #expect(error?.retryAfter == delay) }
        }
    }

    @Test("a call has one deadline, and the words for it name no URL")
    func timeOut() async throws {
        try await withSlime(timeout: .milliseconds(300)) { slime, client in
            await slime.inject(.init(.slow(.seconds(30))))
            let begun = ContinuousClock.now
            let error = await error { try await client.hello(issuedAt: Date()) }
            #expect(error?.kind == .unanswered)
            #expect(ContinuousClock.now - begun < .seconds(10))
            #expect(error?.message.contains("http") == false)
        }
    }

    @Test("a refused connection is known to have sent nothing, and at once")
    func refused() async throws {
        // A port that was free a moment ago.
        let port = try await withSlime { slime, _ in try await slime.endpoint() }
        let client = SlimeClient(
            endpoint: SlimeEndpoint(url: port, keyID: "k", secret: "s"),
            options: SlimeCallOptions(timeout: .seconds(20), connections: 1))
        let begun = ContinuousClock.now
        let error = await error { try await client.hello(issuedAt: Date()) }
        #expect(error?.kind == .unreachable)
        #expect(error?.mayHaveActed == false)
        #expect(ContinuousClock.now - begun < .seconds(10))
        try await client.shutdown()
    }

    @Test("an answer that comes packed, though we ask for none, is unpacked", arguments: ["gzip", "deflate"])
    func packed(coding: String) async throws {
        try await withSlime { slime, client in
            let kind = try #require(SlimeSimulator.Fault.Coding(rawValue: coding))
            await slime.inject(.init(.packed(kind)))
            try await client.initiate(
                .taxInvoiceStub, data: RegistrationData.bytes(for: Fixture.event("A")), issuedAt: Date())
            let url = try await client.show(Fixture.id("A"), issuedAt: Date()).serviceURL
            #expect(await slime.transaction("A")?.serviceURL == url)
            let again = await error {
                try await client.initiate(
                    .taxInvoiceStub, data: RegistrationData.bytes(for: Fixture.event("A")), issuedAt: Date())
            }
            #expect(again?.code == "Trade::Initiated")
        }
    }

    @Test(
        "an answer that unpacks without end, or in no way that is known, is refused in words",
        arguments: [
            (SlimeSimulator.Fault.Coding.bomb, "longer than any"),
            (.unheardOf, "packed as \"backwards\", which was not asked for"),
        ])
    func notUnpacked(coding: SlimeSimulator.Fault.Coding, words: String) async throws {
        try await withSlime { slime, client in
            await slime.inject(.init(.packed(coding)))
            let error = await error {
                try await client.initiate(
                    .taxInvoiceStub, data: RegistrationData.bytes(for: Fixture.event("A")), issuedAt: Date())
            }
            #expect(error?.kind == .unintelligible)
            #expect(error?.mayHaveActed == true)
            #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        }
    }

    @Test("a show without a link gives nil")
    func noLink() async throws {
        try await withSlime { slime, client in
            try await client.initiate(
                .taxInvoiceStub, data: RegistrationData.bytes(for: Fixture.event("A")), issuedAt: Date())
            await slime.inject(.init(.serviceURL(nil)))
            #expect(try await client.show(Fixture.id("A"), issuedAt: Date()).serviceURL == nil)
        }
    }
}
