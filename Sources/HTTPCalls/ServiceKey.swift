/// The key that a service wants in a header of each request.
public struct ServiceKey: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible {
    public static let rule = "one line of visible ASCII characters"

    public let text: String

    /// - Parameter line: a line break in it would end its header and begin another; no key has a space.
    public init?(line: String) {
        guard !line.isEmpty, line.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        text = line
    }

    /// Never shows any of it.
    public var description: String { "a key" }
    public var debugDescription: String { description }
}

extension ServiceKey: CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: []) }
}
