public import Foundation

/// Why a call to a store did not do what it is for. It quotes nothing that was sent or answered: a store's own error may repeat
/// key, signature and link.
public struct ObjectStoreError: Error, Sendable, Equatable {
    /// What follows from it.
    public enum Meaning: String, Sendable, CaseIterable {
        /// It may go well later by itself.
        case retry
        /// The store will not take this object, however often it is offered.
        case refused
        /// Endpoint, region, bucket, key or the key's rights: nothing goes well before staff have acted.
        case misconfigured
        /// The store finds our time wrong, also after it was corrected by the store's own.
        case clock
    }

    /// For logs: `ObjectStore::NoSuchBucket`, `HTTP::502`, `Gateway::Unreachable`.
    public let code: String
    public let message: String
    public let meaning: Meaning
    /// Whether the store may have kept or removed the object although no answer of its own says so. Both may be repeated.
    public let mayHaveActed: Bool
    /// How long the store asked us to wait.
    public let retryAfter: Duration?
    /// The store's clock when it answered.
    public let serverDate: Date?

    init(
        _ code: String, _ message: String, _ meaning: Meaning, mayHaveActed: Bool = false,
        retryAfter: Duration? = nil, serverDate: Date? = nil
    ) {
        self.code = code
        self.message = message
        self.meaning = meaning
        self.mayHaveActed = mayHaveActed
        self.retryAfter = retryAfter
        self.serverDate = serverDate
    }

    /// A setting that cannot be used.
    static func unusable(_ setting: String, _ expected: String) -> ObjectStoreError {
        ObjectStoreError("Gateway::Unusable", "\(setting): expected \(expected)", .misconfigured)
    }
}

extension ObjectStoreError: CustomStringConvertible {
    public var description: String { "\(code): \(message)" }
}
