/// What those who come to the door may use at once. Whoever knows a document's link is a reading service, and comes seldom.
public struct DoorLimits: Sendable {
    /// Connections. Beyond it the one that has been idle longest is closed; while none is idle, 503.
    public var connections = 32
    /// A connection without a request, or whose head drips, is closed after this.
    public var idle: Duration = .seconds(20)
    /// Documents that are in memory and on their way at once.
    public var documents = 2
    /// How long a request waits for one of these places before it is answered 503.
    public var waitLimit: Duration = .seconds(10)
    /// From the first byte of an answer to its last: a shop's line may take minutes for a document.
    public var answerDeadline: Duration = .seconds(600)

    public init() {}
}
