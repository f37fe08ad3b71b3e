import Gateway
import Gauges
import Journey
import Monitoring
import Outbox
import Sales
import TestRuntime
import Testing

/// What is counted of services carries their names.
@Suite(.timeLimit(.minutes(1))) struct ServiceMetricsTests {
    private static let other = MonitoredService(
        ServiceName(rawValue: "scanlyiq"), title: "ScanlyIQ", role: .other)

    @Test("each service is up, down or held by itself, and only the provider's account holds registrations")
    func states() async throws {
        try await Shop.open(.nobody) { shop in
            try await shop.sell("A")
            let failure = Failure(code: "Credit::Empty", message: "", at: shop.time.now)
            let held = AccountState(condition: .held, failure: failure, since: shop.time.now)
            try await shop.outbox.setAccount(held, of: Self.other.name)
            try await shop.outbox.setAccount(AccountState(condition: .down, since: shop.time.now), of: .slime)
            let figures = try await shop.outbox.figures()
            let metrics = MetricsExporter(
                registry: MetricRegistry(GatewayMeters.families),
                sources: MetricsSources(
                    report: { MonitorReport(figures: figures, readAt: nil, room: nil, alarms: []) }, printers: { [] },
                    services: shop.gateway.monitored + [Self.other]),
                minimumFreeSpace: 0, version: "test")
            let text = await metrics.text()
            for line in [
                #"kamkap_service_up{service="slime"} 0"#, #"kamkap_service_held{service="slime"} 0"#,
                #"kamkap_service_up{service="scanlyiq"} 1"#, #"kamkap_service_held{service="scanlyiq"} 1"#,
                "kamkap_registrations_pending 1", "kamkap_registrations_held 0",
            ] {
                #expect(text.contains("\n\(line)\n"), "\(line)")
            }
        }
    }

    @Test("calls stand at nothing from the start, and are counted by service, call and outcome")
    func calls() {
        let registry = MetricRegistry(GatewayMeters.families)
        let meters = GatewayMeters(registry)
        let slime = meters.meters(of: .slime, calls: ["stub", "show"])
        let other = meters.meters(of: Self.other.name, calls: ["read"])
        slime.called("stub", failure: nil)
        slime.called("stub", failure: nil)
        slime.called("stub", failure: "unanswered")
        other.called("probe", failure: nil)
        other.clockDrifts(by: -12)
        for line in [
            #"kamkap_service_calls_total{call="stub",outcome="success",service="slime"} 2"#,
            #"kamkap_service_calls_total{call="stub",outcome="unanswered",service="slime"} 1"#,
            #"kamkap_service_calls_total{call="show",outcome="success",service="slime"} 0"#,
            #"kamkap_service_calls_total{call="read",outcome="success",service="scanlyiq"} 0"#,
            #"kamkap_service_calls_total{call="probe",outcome="success",service="scanlyiq"} 1"#,
            #"kamkap_service_clock_drift_seconds{service="slime"} 0"#,
            #"kamkap_service_clock_drift_seconds{service="scanlyiq"} -12"#,
        ] {
            #expect(registry.text.contains("\n\(line)\n"), "\(line)\n\(registry.text)")
        }
    }
}
