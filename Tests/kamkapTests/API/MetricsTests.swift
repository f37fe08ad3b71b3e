import Foundation
import GatewayAPI
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(2))) struct MetricsTests {
    /// Read by Prometheus' own client library: each sample as a line, after a look at what must hold of any text.
    private static let reader = """
        from sys import stdin
        from prometheus_client.parser import text_string_to_metric_families
        names, series = set(), set()
        for family in text_string_to_metric_families(stdin.read()):
            assert family.name not in names, "twice: " + family.name
            names.add(family.name)
            assert family.documentation, "no help: " + family.name
            assert family.type in ("counter", "gauge", "histogram"), family.name + " is " + family.type
            buckets = {}
            for sample in family.samples:
                labels = ",".join("%s=%s" % pair for pair in sorted(sample.labels.items()))
                assert (sample.name, labels) not in series, "twice: " + sample.name + labels
                series.add((sample.name, labels))
                if sample.name.endswith("_bucket"):
                    buckets[float(sample.labels["le"])] = sample.value
                if sample.name.endswith("_count"):
                    counts = [buckets[bound] for bound in sorted(buckets)]
                    assert counts == sorted(counts) and buckets[float("inf")] == sample.value, sample.name
                print("%s{%s} %g" % (sample.name, labels, sample.value))
        """

    @Test("Prometheus can read what the gateway says of itself, and it says what happened")
    func read() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            let sale = try await store.request(.POST, "/v1/sales?wait=printed", Store.sale()).sale()
            #expect(try await store.request(.POST, "/v1/sales", "{}").status == 422)
            let answer = try await store.request(.GET, "/metrics")
            #expect(answer.status == 200)
            #expect(answer.headers.first(name: "Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
            let text = String(decoding: answer.body, as: UTF8.self)
            let read = try await Binary.run(
                ["-c", Self.reader], input: text, at: URL(fileURLWithPath: "/usr/bin/python3"))
            #expect(read.status == 0, "\(read.complaints)")
            let samples = Set(read.output.split(separator: "\n").map(String.init))
            for sample in [
                "kamkap_sales_total{outcome=accepted} 1", "kamkap_sales_total{outcome=invalid} 1",
                "kamkap_registrations_total{outcome=ready} 1", "kamkap_registration_seconds_count{} 1",
                "kamkap_sale_to_paper_seconds_count{} 1",
                "kamkap_service_calls_total{call=stub,outcome=success,service=slime} 1",
                "kamkap_service_calls_total{call=show,outcome=success,service=slime} 1",
                "kamkap_prints_total{kind=receipt,outcome=printed,printer=front} 1",
                "kamkap_service_up{service=slime} 1",
                "kamkap_service_held{service=slime} 0", "kamkap_registrations_pending{} 0",
                "kamkap_prints_queued{printer=front} 0",
                "kamkap_printer_state{printer=front,state=ready} 1",
                "kamkap_printer_sensor{printer=front,sensor=paper_end} 0",
                "kamkap_service_clock_drift_seconds{service=slime} 0",
            ] {
                #expect(samples.contains(sample), "\(sample)")
            }
            #expect(samples.contains { $0.hasPrefix("kamkap_http_connections{}") })
            #expect(samples.allSatisfy { $0.hasPrefix("kamkap_") || $0.hasPrefix("process_start_time_seconds{} ") })
            for hidden in [sale.transactionID, "https:", store.secret] { #expect(!text.contains(hidden)) }
            let link = try #require(sale.registration.serviceURL)
            #expect(!text.contains(link))
            #expect(await gateway.stop() == 0)
        }
    }
}
