import Sales

extension SlipReading {
    /// What services write before or behind an amount.
    private static let currencies = ["฿", "thb", "บาท", "baht"]

    /// Nil if there is none, or if it is no amount.
    var exactAmount: ExactAmount? {
        guard let amount else { return nil }
        var text = amount.inASCIIDigits.filter { $0 != "," && !$0.isWhitespace }.lowercased()
        if let currency = Self.currencies.first(where: text.hasPrefix) { text.removeFirst(currency.count) }
        if let currency = Self.currencies.first(where: text.hasSuffix) { text.removeLast(currency.count) }
        return ExactAmount(Self.withoutExponent(text))
    }

    /// JSON's numbers may have one: `1.2e2` is `120`.
    private static func withoutExponent(_ text: String) -> String {
        guard let found = text.wholeMatch(of: #/(-?)(\d+)(?:\.(\d+))?e([+-]?\d{1,2})/#), let exponent = Int(found.4)
        else { return text }
        let fraction = found.3.map(String.init) ?? ""
        var (digits, places) = (String(found.2) + fraction, fraction.count - exponent)
        if places < 0 { (digits, places) = (digits + String(repeating: "0", count: -places), 0) }
        if digits.count <= places { digits = String(repeating: "0", count: places - digits.count + 1) + digits }
        let whole = digits.dropLast(places)
        return places == 0 ? "\(found.1)\(whole)" : "\(found.1)\(whole).\(digits.suffix(places))"
    }
}
