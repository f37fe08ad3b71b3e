public import Logging
import Monitoring
public import RemoteServices
public import Runtime
public import Sales

extension Observability {
    /// Counts a service's calls, and logs when its clock differs.
    ///
    /// - Parameter calls: the service's calls, by their names in metrics.
    public func observer(of service: ServiceName, calls: [String], logger: Logger) -> ServiceObserver {
        let meters = meters.meters(of: service, calls: calls)
        return ServiceObserver(
            called: { meters.called($0, failure: $1) },
            clockDrifted: { seconds in
                meters.clockDrifts(by: seconds)
                logger.warning(
                    "clock drift corrected",
                    metadata: [
                        LogKey.service: "\(service)", LogKey.drift: "\(Int(seconds.rounded()))",
                    ])
            })
    }
}

extension ServiceClock {
    public static let system = ServiceClock(GatewayClock.system)

    public init(_ clock: GatewayClock) {
        self.init(shown: { clock.shown }, counted: { clock.now })
    }
}
