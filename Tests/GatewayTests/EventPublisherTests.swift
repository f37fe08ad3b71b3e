import Foundation
import Journey
import Monitoring
import Outbox
import PrintQueue
import Printing
import Sales
import Simulators
import TestRuntime
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(1))) struct EventPublisherTests {
    /// What a reader hears up to the first event that `isLast` holds of.
    private func hear(_ reader: EventReader, until isLast: (GatewayEvent) -> Bool) async -> [GatewayEvent] {
        var heard: [GatewayEvent] = []
        for await case .event(_, let event) in reader {
            heard.append(event)
            if isLast(event) { break }
        }
        return heard
    }

    private func isPrinted(_ event: GatewayEvent) -> Bool {
        if case .print(let event) = event { event.print.machine.state == .printed } else { false }
    }

    @Test("a sale is told from its arrival to its paper, in the order of the commits")
    func journey() async throws {
        try await Shop.open { shop in
            let (reader, standing) = try #require(shop.publisher.reader())
            #expect(standing.count == 3)
            try await shop.sell("A")
            let events = await hear(reader, until: isPrinted)
            let told = events.compactMap { event -> String? in
                switch event {
                case .sale(let sale): "sale \(sale.id) \(sale.total.plain)"
                case .registration(let registration): "registration \(registration.state) \(registration.attempts)"
                case .print(let event): "print \(event.print.machine.state)"
                case .printer, .alarm, .document, .documentPrint, .slip, .bill, .taxInvoice: nil
                case .gateway(let gateway): "gateway \(gateway.state)"
                }
            }
            #expect(
                told == [
                    "sale A 120.00", "registration pending 0", "print queued", "registration pending 1",
                    "registration ready 1", "print printing", "print printed",
                ])
        }
    }

    @Test("while the account is held the gateway says so, and every sale that is not registered is held")
    func held() async throws {
        try await Shop.open(.jobWorker) { shop in
            let (reader, _) = try #require(shop.publisher.reader())
            await shop.slime.inject(.init(.exception(code: "Fund::InsufficientBalance", message: "secret"), times: nil))
            try await shop.sell("A")
            let events = await hear(reader) { event in
                if case .registration(let registration) = event { registration.state == .held } else { false }
            }
            guard case .registration(let registration)? = events.last else { throw FixtureError() }
            #expect(registration.errorCode == "Fund::InsufficientBalance")
            let gateways = events.compactMap { event in
                if case .gateway(let gateway) = event { gateway } else { nil }
            }
            #expect(gateways.map(\.state) == [.held])
            #expect(gateways.first?.code == "Fund::InsufficientBalance")
            // Whoever comes later is told at once.
            #expect(shop.publisher.reader()?.standing.first == gateways.first.map { .gateway($0) })
            let text = await shop.metrics.text()
            #expect(text.contains("\nkamkap_registrations_held 1\n"))
            #expect(text.contains("\nkamkap_registrations_pending 0\n"))
            #expect(text.contains("\nkamkap_service_held{service=\"slime\"} 1\n"))
        }
    }

    @Test("a later tax invoice is told from the question to its end, without its link and its buyer")
    func taxInvoice() async throws {
        try await Shop.open(.nobody) { shop in
            let id = try await shop.sell("A")
            let job = try await shop.outbox.sale(id).registration.job
            try await shop.outbox.apply(
                [.attemptBegan, .begun(), .done(result: "https://secret.example/u")], toJob: job, at: shop.time.now)
            let (reader, _) = try #require(shop.publisher.reader())
            let new = NewJob(kind: .saleInvoice, service: .slime, key: id.text, request: Array("secret".utf8))
            let asked = try await shop.outbox.requestInvoice(of: id, with: new, at: shop.time.now)
            let failure = Failure(code: "Billgate::422", message: "secret", at: shop.time.now)
            try await shop.outbox.apply([.attemptBegan, .rejected(failure)], toJob: asked.job, at: shop.time.now)
            reader.end()
            var told: [GatewayEvent.Registration] = []
            for await case .event(_, .taxInvoice(let invoice)) in reader { told.append(invoice) }
            #expect(told.map(\.state) == [.pending, .rejected])
            #expect(told.map(\.id) == [id, id] && told.last?.attempts == 1 && told.last?.errorCode == "Billgate::422")
        }
    }

    @Test("how things stand with another service than the provider is no news of the gateway")
    func anotherService() async throws {
        try await Shop.open(.nobody) { shop in
            let (reader, _) = try #require(shop.publisher.reader())
            let failure = Failure(code: "Credit::Empty", message: "", at: shop.time.now)
            let held = AccountState(condition: .held, failure: failure, since: shop.time.now)
            try await shop.outbox.setAccount(held, of: ServiceName(rawValue: "scanlyiq"))
            try await shop.outbox.setAccount(AccountState(condition: .down, since: shop.time.now), of: .slime)
            reader.end()
            var states: [GatewayEvent.Gateway.State] = []
            for await case .event(_, .gateway(let gateway)) in reader { states.append(gateway.state) }
            #expect(states == [.down])
        }
    }

    @Test("a printer whose paper is nearly out says so once, not at every paper")
    func nearEnd() async throws {
        try await Shop.open { shop in
            await shop.printer.set(.paperNearEnd)
            let (reader, _) = try #require(shop.publisher.reader())
            for id in ["A", "B", "C"] {
                _ = try await shop.sales.sale(shop.sell(id), reaching: .printed, within: .seconds(60))
            }
            reader.end()
            var states: [PrinterCondition.State] = []
            for await case .event(_, .printer(let entry)) in reader where entry.name == "front" {
                states.append(entry.state)
                #expect(entry.state != .attention || entry.sensors[.paperNearEnd] == true)
            }
            #expect(states.last == .attention)
            #expect(states.drop { $0 != .attention }.allSatisfy { $0 == .attention })
            let text = await shop.metrics.text()
            #expect(text.contains(#"kamkap_printer_sensor{printer="front",sensor="paper_near_end"} 1"#))
            #expect(text.contains(#"kamkap_printer_sensor{printer="front",sensor="paper_end"} 0"#))
            #expect(text.contains(#"kamkap_printer_state{printer="front",state="attention"} 1"#))
            #expect(text.contains(#"kamkap_prints_total{kind="receipt",outcome="printed",printer="front"} 3"#))
            #expect(!text.contains(#"kamkap_printer_sensor{printer="back""#), "nobody asked it yet")
        }
    }

    @Test("a printer that cannot be reached has no sensors that are known")
    func unreachable() async throws {
        try await Shop.open(.printWorker) { shop in
            _ = try await shop.printers.perform(.look, on: "front")
            #expect(shop.board.entry("front")?.sensors?[.paperEnd] == false)
            await shop.printer.inject(.refuseConnections)
            await #expect(throws: OperationError.self) { try await shop.printers.perform(.look, on: "front") }
            #expect(shop.board.entry("front")?.state == .unreachable)
            #expect(shop.board.entry("front")?.sensors == nil)
            #expect(await !shop.metrics.text().contains("kamkap_printer_sensor{"))
        }
    }

    @Test("what tills hand in is counted by what became of it, and the oldest sale's age grows")
    func counts() async throws {
        try await Shop.open(.nobody) { shop in
            try await shop.sell("A")
            try await shop.sell("A")
            await #expect(throws: OperationError.self) { try await shop.sell("A", extra: #","tags":["x"]"#) }
            await #expect(throws: OperationError.self) { try await shop.sell("B", extra: #","unknown":1"#) }
            shop.time.advance(by: 90)
            let text = await shop.metrics.text()
            for line in [
                #"kamkap_sales_total{outcome="accepted"} 1"#, #"kamkap_sales_total{outcome="repeated"} 1"#,
                #"kamkap_sales_total{outcome="conflict"} 1"#, #"kamkap_sales_total{outcome="invalid"} 1"#,
                #"kamkap_sales_total{outcome="refused"} 0"#, "kamkap_registrations_pending 1",
                "kamkap_oldest_pending_seconds 90", #"kamkap_prints_queued{printer="front"} 1"#,
                #"kamkap_build_info{version="test"} 1"#,
            ] {
                #expect(text.contains("\n\(line)\n"), "\(line)")
            }
        }
    }
}
