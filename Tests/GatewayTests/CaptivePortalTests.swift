import Foundation
import Gateway
import HTTPCalls
import Journey
import Outbox
import Sales
import Simulators
import Slime
import TestNetwork
import TestRuntime
import Testing

/// A stranger in the place of the provider, and what was not sent to him.
@Suite(.timeLimit(.minutes(1))) struct CaptivePortalTests {
    @Test(
        "a sale that met only somebody else's certificate has sent nothing: a transaction of its id is a stranger's, and its link is never taken"
    )
    func stranger() async throws {
        try await TestAuthority.open { authority in
            let (own, other) = (try await authority.issue(.good), try await authority.issue(.otherHost))
            let trusted = try CertificateFile(path: authority.certificate)
            try await ScriptedServer.open(.silent, identity: other) { portal in
                try await ScriptedServer.open(.silent, identity: own) { service in
                    // The line out of the shop: to the portal at first.
                    try await ScriptedServer.open(.relay(portal.port)) { line in
                        func way(to simulator: String) throws -> (url: String, options: SlimeCallOptions) {
                            let url = try #require(URLComponents(string: simulator))
                            service.set(.relay(try #require(url.port)))
                            return (
                                "https://localhost:\(line.port)\(url.path)",
                                SlimeCallOptions(timeout: .seconds(10), connections: 4, trusted: trusted)
                            )
                        }
                        try await Shop.open(.jobWorker, way: way(to:)) { shop in
                            let id = try await shop.sell("A")
                            let unsent = try await shop.sale(id) { $0.lastError != nil }
                            #expect(unsent.lastError?.code == "Gateway::Untrusted")
                            #expect(unsent.lastError?.message.contains("for another host: a captive portal") == true)
                            #expect(!unsent.record.registration.machine.mayHaveActed)
                            #expect(portal.received.isEmpty)
                            line.set(.relay(service.port))
                            try await register("A", by: shop)
                            shop.time.advance(by: 1)
                            let view = try await shop.sale(id) { $0.registrationState != .pending }
                            #expect(view.registrationState == .rejected)
                            #expect(view.lastError?.code == "Trade::Initiated")
                            #expect(view.record.registration.link == nil)
                            // And a sale of our own goes through, in TLS.
                            let own = try await shop.sell("B")
                            #expect(
                                try await shop.sale(own) { $0.registrationState == .ready }.registrationState == .ready)
                        }
                    }
                }
            }
        }
    }

    /// Somebody else's sale of the same id.
    private func register(_ id: String, by shop: Shop) async throws {
        let theirs = try SaleDecoder(defaults: Shop.defaults()).decode(
            Array(
                """
                {"transaction_id":"\(id)","document":{"issued_at":"2026-11-19T10:15:00+07:00","line_items":[
                {"name":"theirs","unit_price":"1","quantity":"1","vatable":true}]}}
                """.utf8), receivedAt: shop.time.now)
        try await shop.client.initiate(
            .taxInvoiceStub, data: RegistrationData.bytes(for: theirs), issuedAt: shop.time.now)
    }
}
