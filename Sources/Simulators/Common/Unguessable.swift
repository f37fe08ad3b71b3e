/// Hexadecimal digits that nobody can guess.
enum Unguessable {
    /// - Parameter words: of 16 digits each
    static func text(words: Int = 2) -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<words).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
