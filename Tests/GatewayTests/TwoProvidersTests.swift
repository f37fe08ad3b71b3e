import Foundation
import Journey
import Monitoring
import Outbox
import RemoteServices
import Sales
import Simulators
import TestRuntime
import TestServices
import Testing

@testable import Gateway

/// A shop whose new sales go to another provider, while sales are still owed to Slime.
@Suite(.timeLimit(.minutes(1))) struct TwoProvidersTests {
    private let scripted = ScriptedProvider()

    private func open(
        _ staff: Shop.Staff = .jobWorker, held: Failure? = nil, isSlimeConfigured: Bool = true,
        owed: [String] = [], _ body: (Shop) async throws -> Void
    ) async throws {
        try await Shop.open(
            staff, held: held, owed: owed, inUse: scripted.name,
            providers: { [scripted] in ProviderSet(scripted, former: isSlimeConfigured ? [$0] : []) }, body)
    }

    @Test("what Slime is owed goes on to Slime, and a new sale to the provider in use")
    func bothDrain() async throws {
        try await open(owed: ["OLD"]) { shop in
            let new = try await shop.sell("NEW")
            let old = try await shop.sale(try #require(TransactionID("OLD"))) { $0.registrationState == .ready }
            #expect(old.record.registration.provider == .slime)
            let registered = try await shop.sale(new) { $0.registrationState == .ready }
            #expect(registered.record.registration.provider == scripted.name)
            #expect(scripted.actions() == ["NEW": 1])
            #expect(await shop.slime.transactions().map(\.id) == ["OLD"])
        }
    }

    @Test("an account that is held holds its own sales, and no others, in lists, figures and events")
    func holdsOfOne() async throws {
        let refusal = Failure(code: "Fund::InsufficientBalance", message: "no money", at: Date())
        try await open(.nobody, held: refusal, owed: ["OLD"]) { shop in
            let new = try await shop.sell("NEW")
            func ids(_ state: RegistrationState) async throws -> [String] {
                try await shop.sales.sales(SaleFilter(), registration: state, before: nil, limit: 10)
                    .views.map(\.record.id.text)
            }
            #expect(try await ids(.held) == ["OLD"])
            #expect(try await ids(.pending) == ["NEW"])
            #expect(try await shop.sales.sale(new).registrationState == .pending)
            let figures = try await shop.outbox.figures()
            #expect(figures.pending == 2)
            #expect(figures.held == 1)
            guard case .gateway(let gateway) = shop.publisher.gateway() else { throw FixtureError() }
            #expect(gateway.state == .up)
            let metrics = await shop.metrics.text()
            #expect(metrics.contains("kamkap_registrations_pending 1\n"))
            #expect(metrics.contains("kamkap_registrations_held 1\n"))
            #expect(metrics.contains(#"kamkap_service_held{service="slime"} 1"#))
            #expect(metrics.contains(#"kamkap_service_held{service="scripted"} 0"#))
        }
    }

    @Test("sales that are owed to a provider that is not configured are held, and an alarm says what to do")
    func missing() async throws {
        try await open(isSlimeConfigured: false, owed: ["OLD"]) { shop in
            let old = try await shop.sales.sale(try #require(TransactionID("OLD")))
            #expect(old.registrationState == .held)
            #expect(old.lastError?.code == "Gateway::ProviderMissing")
            let new = try await shop.sell("NEW")
            _ = try await shop.sale(new) { $0.registrationState == .ready }
            #expect(await shop.slime.transactions().isEmpty)
            shop.time.advance(by: 3_600)
            let alarms = await withThrowingTaskGroup(of: Void.self) { loops in
                loops.addTask { try await shop.gateway.alarmMonitor.run() }
                defer { loops.cancelAll() }
                return await shop.gateway.alarmMonitor.report(within: .seconds(20)).alarms
            }
            let alarm = try #require(alarms.first { $0.code == .accountHeld })
            #expect(alarm.service == "slime")
            #expect(alarm.count == 1)
            #expect(alarm.text.contains("its table [slime] is not in the configuration"))
            await #expect(throws: OperationError.self) {
                try await shop.sales.retry(old.record.id)
            }
        }
    }

    @Test("once it is configured again, what it is owed goes out")
    func configuredAgain() async throws {
        let missing = Failure(code: ProviderSet.missingCode, message: "not configured", at: Date())
        try await open(held: missing, owed: ["OLD"]) { shop in
            _ = try await shop.sale(try #require(TransactionID("OLD"))) { $0.registrationState == .ready }
            #expect(try await shop.outbox.account(of: .slime).condition == .up)
        }
    }

    @Test("a sale that no attempt has reached is moved to another provider, and is registered there alone")
    func moved() async throws {
        try await open(isSlimeConfigured: false, owed: ["OLD"]) { shop in
            let id = try #require(TransactionID("OLD"))
            await #expect(
                throws: OperationError.invalidRequest([
                    SaleFault(
                        pointer: "/provider", detail: #"expected "scripted", which is configured, found "billgate""#)
                ])
            ) { try await shop.sales.retry(id, SaleRetry(.moving(to: .billgate))) }
            _ = try await shop.sales.retry(id, SaleRetry(.moving(to: scripted.name)))
            let sale = try await shop.sale(id) { $0.registrationState == .ready }
            #expect(sale.record.registration.provider == scripted.name)
            #expect(scripted.actions() == ["OLD": 1])
            #expect(await shop.slime.transactions().isEmpty)
            #expect(try await shop.outbox.owingServices().isEmpty)
        }
    }

    @Test("a sale that may have reached its provider stays there")
    func notMoved() async throws {
        try await open(owed: ["OLD"]) { shop in
            let id = try #require(TransactionID("OLD"))
            _ = try await shop.sale(id) { $0.registrationState == .ready }
            await #expect(throws: OperationError.self) {
                try await shop.sales.retry(id, SaleRetry(.moving(to: scripted.name)))
            }
            #expect(scripted.actions().isEmpty)
        }
    }

    @Test("a document is adopted by its id where the provider gives one, and by the sale's where it does not")
    func adoption() async throws {
        try await open(.nobody, owed: ["OLD"]) { shop in
            let old = try #require(TransactionID("OLD"))
            let new = try await shop.sell("NEW")
            for (id, document) in [(old, "R-1"), (new, "R-1")] {
                let error = await #expect(throws: OperationError.self) {
                    try await shop.sales.retry(id, SaleRetry(.adopting(documentID: document)))
                }
                guard case .invalidRequest(let faults)? = error else { throw FixtureError() }
                #expect(faults.map(\.pointer) == ["/adopt"])
            }
        }
    }
}
