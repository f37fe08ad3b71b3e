/// A document that the door gives out.
public struct DoorDocument: Sendable {
    public let bytes: [UInt8]
    /// Its `Content-Type`.
    public let mediaType: String

    public init(bytes: [UInt8], mediaType: String) {
        self.bytes = bytes
        self.mediaType = mediaType
    }
}

/// The document of a token; nil if there is none, or if its link is over.
public typealias DoorDocumentSource = @Sendable (_ token: String) async -> DoorDocument?
