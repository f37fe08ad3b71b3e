/// The name that the gateway gives a slip: 32 hexadecimal digits, drawn at random.
public struct SlipID: Sendable, Hashable, CustomStringConvertible {
    public static let rule = "32 digits out of 0-9 a-f"

    public let text: String

    /// nil if `text` breaks the ``rule``.
    public init?(_ text: String) {
        guard text.utf8.count == 32,
            text.utf8.allSatisfy({
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            })
        else { return nil }
        self.text = text
    }

    /// A new one.
    public static func random() -> SlipID {
        let digits = Array("0123456789abcdef")
        var system = SystemRandomNumberGenerator()
        return SlipID(unchecked: String((0..<32).map { _ in digits[Int.random(in: 0..<16, using: &system)] }))
    }

    private init(unchecked text: String) { self.text = text }

    public var description: String { text }
}
