import Foundation
import Monitoring
import TestRuntime

extension ManualClock {
    func watch(newestSale: Date? = nil, released: Date = .distantPast) -> ClockMonitor {
        ClockMonitor(
            clock: clock, newestSale: newestSale, released: released, isSynchronised: { self.isSynchronised })
    }
}
