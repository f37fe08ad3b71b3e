public import Journey
public import Sales

/// A job that is about to be kept: what one service is asked for, built once.
public struct NewJob: Sendable, Equatable {
    public let kind: JobKind
    public let service: ServiceName
    /// Names it once and for all among those of its kind: of a registration the transaction id.
    public let key: String
    /// The bytes that are sent, the same at every attempt.
    public let request: [UInt8]
    /// What the service wants to remember beside the request, and does not send.
    public let context: String?

    public init(kind: JobKind, service: ServiceName, key: String, request: [UInt8], context: String? = nil) {
        self.kind = kind
        self.service = service
        self.key = key
        self.request = request
        self.context = context
    }
}
