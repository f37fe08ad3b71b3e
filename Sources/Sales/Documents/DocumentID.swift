/// The provider's own name for a document, case-sensitive.
public struct DocumentID: Sendable, Hashable, CustomStringConvertible {
    /// Longest accepted, in characters. Slime's page gives none: its ids are a transaction's, of up to 30 characters, with a
    /// suffix.
    public static let maximumLength = 64
    /// The accepted format, for messages.
    public static let rule = "1 to 64 characters out of A-Z a-z 0-9 - _ /"

    public let text: String

    /// nil if `text` breaks the ``rule``.
    public init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count <= Self.maximumLength, text.utf8.allSatisfy(TransactionID.isAccepted)
        else { return nil }
        self.text = text
    }

    public var description: String { text }

    /// The id as a file's name, without an ending: a `/` is written `%2F`. Two ids never have the same name.
    public var fileName: String { text.replacing("/", with: "%2F") }
}
