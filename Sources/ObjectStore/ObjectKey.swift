/// The name of an object in its bucket.
public struct ObjectKey: Sendable, Hashable {
    public static let rule =
        "1 to 1,024 bytes without control characters, and no part between slashes that is empty, \".\" or \"..\""

    /// Bytes of UTF-8 that the protocol allows.
    private static let longest = 1024

    public let text: String

    /// - Parameter text: a part that is empty or consists of dots is refused, because proxies and servers resolve such
    ///   paths, and what they then see is not what was signed.
    public init?(_ text: String) {
        let isClean = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard isClean, (1...Self.longest).contains(text.utf8.count),
            parts.allSatisfy({ !["", ".", ".."].contains($0) })
        else { return nil }
        self.text = text
    }

    private init(checked text: String) {
        self.text = text
    }

    /// A name of 256 bits that nobody can guess.
    ///
    /// - Parameter fileExtension: for those who go by it, such as `pdf`; only its ASCII letters and digits count.
    public static func random(fileExtension: String) -> ObjectKey {
        // The system's generator: getrandom(2).
        var generator = SystemRandomNumberGenerator()
        let name = (0..<32).map { _ in Hexadecimal.encode(CollectionOfOne(generator.next() as UInt8)) }.joined()
        let ending = fileExtension.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(16)
        return ObjectKey(checked: ending.isEmpty ? name : "\(name).\(ending)")
    }
}
