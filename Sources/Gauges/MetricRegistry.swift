public import CoreMetrics
import Synchronization

/// A back end of swift-metrics that keeps metrics for Prometheus to fetch.
///
/// It keeps only families of its table. It drops everything else, such as a dependency's metrics, because their labels
/// may have no bound. It also bounds a family's labels: it drops series beyond ``maximumSeries``.
public final class MetricRegistry: MetricsFactory {
    /// For each family.
    public static let maximumSeries = 256

    enum Handler: Sendable {
        case figure(Figure)
        case histogram(Histogram)

        var object: AnyObject {
            switch self {
            case .figure(let figure): figure
            case .histogram(let histogram): histogram
            }
        }
    }

    /// The metrics of one family, by their labels as they are written.
    typealias Series = [String: Handler]

    let families: [MetricFamily]
    private let kinds: [String: MetricFamily.Kind]
    private let series: Mutex<[String: Series]>

    public init(_ families: [MetricFamily]) {
        self.families = families.sorted { $0.name < $1.name }
        kinds = Dictionary(families.map { ($0.name, $0.kind) }, uniquingKeysWith: { first, _ in first })
        series = Mutex([:])
    }

    func series(of family: String) -> Series { series.withLock { $0[family] ?? [:] } }

    /// The metric with these labels, made if it does not exist yet; nil if it must not be kept.
    private func handler(_ label: String, _ dimensions: [(String, String)]) -> Handler? {
        guard let kind = kinds[label] else { return nil }
        let key = Exposition.labels(dimensions)
        return series.withLock { all in
            if let known = all[label]?[key] { return known }
            guard (all[label]?.count ?? 0) < Self.maximumSeries else { return nil }
            let new: Handler =
                switch kind {
                case .counter, .gauge: .figure(Figure())
                case .histogram(let bounds): .histogram(Histogram(bounds: bounds))
                }
            all[label, default: [:]][key] = new
            return new
        }
    }

    private func figure(_ label: String, _ dimensions: [(String, String)], _ kind: MetricFamily.Kind) -> Figure? {
        guard kinds[label] == kind, case .figure(let figure)? = handler(label, dimensions) else { return nil }
        return figure
    }

    private func histogram(_ label: String, _ dimensions: [(String, String)]) -> Histogram? {
        guard case .histogram? = kinds[label], case .histogram(let histogram)? = handler(label, dimensions) else {
            return nil
        }
        return histogram
    }

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        figure(label, dimensions, .counter) ?? NOOPMetricsHandler.instance
    }

    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        figure(label, dimensions, .counter) ?? NOOPMetricsHandler.instance
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        figure(label, dimensions, .gauge) ?? NOOPMetricsHandler.instance
    }

    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        if aggregate { return histogram(label, dimensions) ?? NOOPMetricsHandler.instance }
        return figure(label, dimensions, .gauge) ?? NOOPMetricsHandler.instance
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(label, dimensions) ?? NOOPMetricsHandler.instance
    }

    public func destroyCounter(_ handler: any CounterHandler) { forget(handler) }
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { forget(handler) }
    public func destroyMeter(_ handler: any MeterHandler) { forget(handler) }
    public func destroyRecorder(_ handler: any RecorderHandler) { forget(handler) }
    public func destroyTimer(_ handler: any TimerHandler) { forget(handler) }

    private func forget(_ object: AnyObject) {
        series.withLock { all in
            for label in all.keys { all[label] = all[label]?.filter { $0.value.object !== object } }
        }
    }
}
