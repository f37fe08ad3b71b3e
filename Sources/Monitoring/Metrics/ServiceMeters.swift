import CoreMetrics
public import Foundation
public import Sales

/// Counts the calls of one service.
public struct ServiceMeters: Sendable {
    private let meters: GatewayMeters
    private let service: ServiceName
    /// Metrics that every sale moves are looked up once.
    private let answered: [String: Counter]

    init(_ meters: GatewayMeters, service: ServiceName, calls: [String]) {
        self.meters = meters
        self.service = service
        let factory = meters.factory
        answered = Dictionary(
            calls.map { call in
                let labels = Self.labels(service, call, "success")
                let name = GatewayMeters.Name.serviceCalls.rawValue
                return (call, Counter(label: name, dimensions: labels, factory: factory))
            }, uniquingKeysWith: { first, _ in first })
        // Series that will exist are 0 from the start: Prometheus then sees their first rise.
        clockDrifts(by: 0)
    }

    /// - Parameters:
    ///   - call: which of the service's calls; never a path or an id.
    ///   - failure: the kind of its failure; nil for success.
    public func called(_ call: String, failure: String?) {
        if failure == nil, let counter = answered[call] { return counter.increment() }
        meters.count(.serviceCalls, Self.labels(service, call, failure ?? "success"))
    }

    public func clockDrifts(by seconds: TimeInterval) {
        meters.set(.serviceClockDrift, seconds, [("service", service.rawValue)])
    }

    private static func labels(_ service: ServiceName, _ call: String, _ outcome: String) -> [(String, String)] {
        [("service", service.rawValue), ("call", call), ("outcome", outcome)]
    }
}

extension GatewayMeters {
    /// - Parameter calls: the service's calls, counted from the start.
    public func meters(of service: ServiceName, calls: [String]) -> ServiceMeters {
        ServiceMeters(self, service: service, calls: calls)
    }
}
