/// How a person wants a job to be sent again.
public struct JobRetry: Sendable, Equatable {
    public enum Way: Sendable, Equatable {
        /// As it was; what is on record of its attempts holds.
        case again
        /// What the service has under the job's key, or under this name of its own, is taken for ours.
        case adopting(remoteID: String?)
        /// The service never made it, or made what is of no use any more: it is made, whatever was sent before.
        case anew
        /// To another service. None of its attempts may have reached the one before.
        case moving
    }

    public var way: Way
    /// Whether it says something else from now on, such as another buyer.
    public var changesRequest: Bool
    /// How long the service leaves a job alone before it looks for what that may have made; nil for a service that tells a
    /// repeat by itself.
    public var settling: Duration?

    public init(_ way: Way = .again, changesRequest: Bool = false, settling: Duration? = nil) {
        self.way = way
        self.changesRequest = changesRequest
        self.settling = settling
    }

    /// Whether what an earlier attempt may have made is not ours.
    var startsOver: Bool {
        switch way {
        case .again: changesRequest
        case .adopting: false
        case .anew, .moving: true
        }
    }
}
