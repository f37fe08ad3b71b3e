/// The thirteenth digit of a Thai tax or citizen id: the first twelve are weighted 13 to 2, and the digit is 11 less the
/// sum's remainder by 11, by 10.
enum CheckDigit {
    /// - Parameter text: thirteen digits
    static func holds(_ text: String) -> Bool {
        let digits = text.utf8.map { Int($0) - 0x30 }
        guard digits.count == 13, digits.allSatisfy((0...9).contains) else { return false }
        let sum = zip(digits, stride(from: 13, through: 2, by: -1)).reduce(0) { $0 + $1.0 * $1.1 }
        return (11 - sum % 11) % 10 == digits[12]
    }
}
