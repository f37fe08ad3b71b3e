// The text that Prometheus fetches, version 0.0.4:
// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
extension MetricRegistry {
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// Every metric, with families and series in the order of their names.
    public var text: String {
        var text = ""
        for family in families {
            let series = series(of: family.name).sorted { $0.key < $1.key }
            if series.isEmpty { continue }
            text += "# HELP \(family.name) \(Exposition.help(family.help))\n"
            text += "# TYPE \(family.name) \(Exposition.type(family.kind))\n"
            for (labels, handler) in series {
                switch handler {
                case .figure(let figure):
                    text += Exposition.line(family.name, labels, figure.value)
                case .histogram(let histogram):
                    text += Exposition.lines(family.name, labels, histogram)
                }
            }
        }
        return text
    }
}

/// How one value is spelled.
enum Exposition {
    /// `a="1",b="2"`, in the order of the names.
    static func labels(_ dimensions: [(String, String)]) -> String {
        dimensions.sorted { $0.0 < $1.0 }.map { "\($0.0)=\"\(escaped($0.1))\"" }.joined(separator: ",")
    }

    static func line(_ name: String, _ labels: String, _ value: Double) -> String {
        labels.isEmpty ? "\(name) \(number(value))\n" : "\(name){\(labels)} \(number(value))\n"
    }

    /// The buckets are cumulative.
    static func lines(_ name: String, _ labels: String, _ histogram: Histogram) -> String {
        let tally = histogram.tally
        let prefix = labels.isEmpty ? "" : labels + ","
        var text = ""
        var count: Int64 = 0
        for (bound, fallen) in zip(histogram.bounds.map(number) + ["+Inf"], tally.counts) {
            count += fallen
            text += line("\(name)_bucket", "\(prefix)le=\"\(bound)\"", Double(count))
        }
        return text + line("\(name)_sum", labels, tally.sum) + line("\(name)_count", labels, Double(count))
    }

    static func type(_ kind: MetricFamily.Kind) -> String {
        switch kind {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }

    static func help(_ text: String) -> String {
        text.replacing("\\", with: #"\\"#).replacing("\n", with: #"\n"#)
    }

    private static func escaped(_ value: String) -> String {
        help(value).replacing("\"", with: #"\""#)
    }

    /// Whole numbers without a point, as far as a Double represents each of them.
    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        if value == value.rounded(), abs(value) < 0x1p53 { return String(Int64(value)) }
        return "\(value)"
    }
}
