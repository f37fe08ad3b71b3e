/// What a store knows its customer by, and what signs for it.
public struct AccessKey: Sendable, Equatable {
    public static let rule =
        "a key id of visible ASCII characters without a slash, a comma or an equals sign, and a secret of visible ASCII characters"

    let id: String
    let secret: String

    /// - Parameters:
    ///   - id: stands between slashes and commas in what is signed.
    ///   - secret: as the store gave it.
    public init?(id: String, secret: String) {
        let isSplit = id.utf8.contains { [UInt8(ascii: "/"), UInt8(ascii: ","), UInt8(ascii: "=")].contains($0) }
        guard Self.isVisible(id), Self.isVisible(secret), !isSplit else { return nil }
        self.id = id
        self.secret = secret
    }

    private static func isVisible(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}

extension AccessKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Never shows any of it.
    public var description: String { "an access key" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
