public import Logging
import Monitoring
public import RemoteServices
public import Runtime
public import Sales

extension Observability {
    /// Counts a service's calls, and says when its clock is found to differ.
    public func observer(of service: ServiceName, logger: Logger) -> ServiceObserver {
        ServiceObserver(
            called: { [meters] call, failure in meters.called(call, of: service, failure: failure) },
            clockDrifted: { [meters] seconds in
                meters.clockDrifts(by: seconds)
                logger.warning(
                    "clock differs from the service's; corrected",
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
