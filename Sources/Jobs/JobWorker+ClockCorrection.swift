public import Foundation
import Runtime

extension JobWorker {
    /// Seconds by which the provider's clock is ahead of ours, as far as it told; 0 while it has not complained.
    public var clockCorrection: TimeInterval { signing.time.timeIntervalSince(clock.shown) }
}
