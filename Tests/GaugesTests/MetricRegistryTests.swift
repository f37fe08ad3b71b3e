import CoreMetrics
import Gauges
import Testing

@Suite struct MetricRegistryTests {
    private let registry = MetricRegistry([
        MetricFamily("b_total", .counter, "Counts b."), MetricFamily("a", .gauge, "One\nline \\ of it."),
        MetricFamily("c_seconds", .histogram(buckets: [0.5, 1]), "Takes c."),
        MetricFamily("never", .gauge, "Is not measured."),
    ])

    @Test("the text has families and series in the order of their names, each kind as Prometheus reads it")
    func text() {
        Counter(label: "b_total", dimensions: [("z", "1"), ("k", "y")], factory: registry).increment(by: 2)
        Counter(label: "b_total", dimensions: [("k", "x")], factory: registry).increment()
        // The same series under another order of its labels.
        Counter(label: "b_total", dimensions: [("k", "y"), ("z", "1")], factory: registry).increment()
        Gauge(label: "a", factory: registry).record(2.5)
        let timer = Timer(label: "c_seconds", factory: registry)
        for milliseconds in [250, 500, 750, 2_000] { timer.recordMilliseconds(milliseconds) }
        #expect(
            registry.text == """
                # HELP a One\\nline \\\\ of it.
                # TYPE a gauge
                a 2.5
                # HELP b_total Counts b.
                # TYPE b_total counter
                b_total{k="x"} 1
                b_total{k="y",z="1"} 3
                # HELP c_seconds Takes c.
                # TYPE c_seconds histogram
                c_seconds_bucket{le="0.5"} 2
                c_seconds_bucket{le="1"} 3
                c_seconds_bucket{le="+Inf"} 4
                c_seconds_sum 3.5
                c_seconds_count 4

                """)
    }

    @Test("a label's text is escaped")
    func escaping() {
        Gauge(label: "a", dimensions: [("device", "usb \"lp0\" \\ \n}")], factory: registry).record(1)
        #expect(registry.text.contains(#"a{device="usb \"lp0\" \\ \n}"} 1"#))
    }

    @Test("what is not in the table is not kept, nor what is measured as another kind")
    func unknown() {
        Counter(label: "hb_requests_total", dimensions: [("path", "/any")], factory: registry).increment()
        Counter(label: "a", factory: registry).increment()
        Gauge(label: "c_seconds", factory: registry).record(1)
        Timer(label: "b_total", factory: registry).recordSeconds(1)
        #expect(registry.text.isEmpty)
    }

    @Test("a family whose labels know no bound stops growing")
    func bound() {
        for number in 0..<1_000 {
            Counter(label: "b_total", dimensions: [("id", "\(number)")], factory: registry).increment()
        }
        #expect(registry.text.split(separator: "\n").count == 2 + MetricRegistry.maximumSeries)
    }

    @Test("a series that is destroyed is gone, and its neighbours stay")
    func destroyed() {
        Gauge(label: "a", dimensions: [("k", "x")], factory: registry).record(1)
        Gauge(label: "a", dimensions: [("k", "y")], factory: registry).record(1)
        Gauge(label: "a", dimensions: [("k", "x")], factory: registry).destroy()
        #expect(registry.text.contains(#"a{k="y"}"#))
        #expect(!registry.text.contains(#"a{k="x"}"#))
    }

    @Test("counts from many tasks at once are all there, and meters go down again")
    func concurrency() async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1_000 {
                        Counter(label: "b_total", factory: registry).increment()
                        Meter(label: "a", factory: registry).increment()
                        Meter(label: "a", factory: registry).decrement()
                    }
                }
            }
        }
        #expect(registry.text.contains("b_total 8000\n"))
        #expect(registry.text.contains("a 0\n"))
    }
}
