public import Foundation

/// A link to an object. Whoever has it can read the object until it expires: it is a secret, and no log or message shows it.
public struct PresignedURL: Sendable, Equatable {
    /// The shop's papers are not readable for longer.
    public static let longestLife: Duration = .seconds(86_400)

    public let text: String
    /// By the clock that signed it: the store's, if it has found the machine's wrong.
    public let expiresAt: Date
    /// From the moment in which it was signed. Due times count from this, because they do not go by the machine's clock.
    public let life: Duration
}

extension PresignedURL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Never shows any of it.
    public var description: String { "a presigned URL" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
