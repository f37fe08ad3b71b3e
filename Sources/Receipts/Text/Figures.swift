import Sales

/// Numbers as paper shows them: Arabic digits, thousands apart, no superfluous zeros.
enum Figures {
    /// `1,234.50`: at least two decimal places, more only where they say something.
    static func amount(_ number: DecimalNumber) -> String {
        written(number, places: 2)
    }

    /// `8`, `1,000`, `0.455`.
    static func quantity(_ number: DecimalNumber) -> String {
        written(number, places: 0)
    }

    /// `7%` for 0.07.
    static func percent(_ rate: DecimalNumber) -> String {
        let hundredfold = rate.millionths.magnitude * 100
        return written(hundredfold, isNegative: rate.isNegative, places: 0) + "%"
    }

    private static func written(_ number: DecimalNumber, places: Int) -> String {
        written(number.millionths.magnitude, isNegative: number.isNegative, places: places)
    }

    private static func written(_ millionths: UInt64, isNegative: Bool, places: Int) -> String {
        var fraction = Array(String(1_000_000 + millionths % 1_000_000).dropFirst())
        while fraction.count > places, fraction.last == "0" { fraction.removeLast() }
        let digits = Array(String(millionths / 1_000_000))
        var text = isNegative && millionths > 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return fraction.isEmpty ? text : text + "." + String(fraction)
    }
}
