/// What tills may use at once, so that one of them cannot take everything from the others.
public struct ListenerLimits: Sendable {
    /// Connections of one listener. Beyond it the one that has been idle longest is closed; while none is idle, 503.
    public var connections = 1_024
    /// A connection without a request, or whose head drips, is closed after this.
    public var idle: Duration = .seconds(75)
    /// Bodies in work at once: enough for every till of a large store in the same second.
    public var posts = 256
    /// Bytes of bodies over 64 KiB that are held at once.
    public var largeBodies = 32 << 20
    /// Pictures in work at once: none of them keeps a sale from its place.
    public var pictures = 4
    /// From a picture's first byte to its last: a large one takes its time over a shop's wireless network.
    public var pictureDeadline: Duration = .seconds(60)
    /// How long a request waits for one of these places before it is answered 503.
    public var waitLimit: Duration = .seconds(2)
    /// From a body's first byte to its last.
    public var bodyDeadline: Duration = .seconds(15)
    /// Bytes of the body of a request that is no sale.
    public var smallBody = 64 << 10
    /// How long a till may take to read an answer.
    public var answerDeadline: Duration = .seconds(30)
    /// How long the rest of a refused body is still read, so that the till can read the answer.
    public var lingering: Duration = .seconds(5)

    public init() {}
}
