/// A key to the provider's account, on its way into a file. No text, log or dump shows it.
public struct AccessToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let secret: String

    public init(_ secret: String) {
        self.secret = secret
    }

    public var description: String { "(hidden)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }

    /// The one way to it.
    public func write(by write: ([UInt8]) throws -> Void) rethrows {
        try write(Array(secret.utf8))
    }
}

public enum AccessTokenRequest: Sendable, Equatable, CaseIterable {
    case current
    /// It may end the one before.
    case new
}
