/// Metrics of one name, distinguished by their labels.
public struct MetricFamily: Sendable {
    public enum Kind: Sendable, Equatable {
        case counter
        case gauge
        /// Upper bounds in ascending order, in the unit of the name, without the last, infinite one.
        case histogram(buckets: [Double])
    }

    public let name: String
    /// What it counts, for the reader of the metrics.
    public let help: String
    public let kind: Kind

    public init(_ name: String, _ kind: Kind, _ help: String) {
        self.name = name
        self.help = help
        self.kind = kind
    }
}
