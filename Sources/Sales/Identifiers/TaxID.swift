/// A Thai taxpayer identification number: 13 digits, the last a check digit.
public struct TaxID: Sendable, Hashable {
    public static let rule = "13 digits; the last is the check digit of the others"

    public let text: String

    /// nil if it is not 13 digits or the check digit is wrong.
    public init?(_ text: String) {
        let digits = text.utf8.compactMap { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) ? Int($0) - 48 : nil }
        guard digits.count == 13, text.utf8.count == 13 else { return nil }
        // Weights 13 down to 2 over the first twelve digits, modulus 11.
        let sum = zip(digits, (2...13).reversed()).reduce(0) { $0 + $1.0 * $1.1 }
        guard digits[12] == (11 - sum % 11) % 10 else { return nil }
        self.text = text
    }
}
