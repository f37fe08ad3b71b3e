/// The name under which a document is published: 256 bits that nobody can guess, as 64 hexadecimal digits in lower case.
public struct PublicationName: Sendable, Hashable {
    private static let length = 64

    public let text: String

    public init?(_ text: String) {
        let digits = Array("0123456789abcdef".utf8)
        guard text.utf8.count == Self.length, text.utf8.allSatisfy(digits.contains) else { return nil }
        self.text = text
    }

    private init(unchecked text: String) {
        self.text = text
    }

    public static func random() -> PublicationName {
        // The system's generator: getrandom(2).
        var generator = SystemRandomNumberGenerator()
        let digits = Array("0123456789abcdef".utf8)
        let text = (0..<length / 2).flatMap { _ in
            let byte: UInt8 = generator.next()
            return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return PublicationName(unchecked: String(decoding: text, as: UTF8.self))
    }
}
