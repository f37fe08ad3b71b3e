public import JSON

extension JSONNumber {
    /// The decimal in its own digits: whatever a till writes as a decimal is a number in JSON's grammar as well.
    public init(_ number: DecimalNumber) {
        self.init(grammatical: number.text)
    }

    /// At least two decimal places, and more if the amount has them.
    public init(_ amount: ExactAmount) {
        self.init(grammatical: amount.plain)
    }
}
