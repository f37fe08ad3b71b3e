import Sales

/// The day on a slip, as a service has read it.
enum SlipDay {
    /// From this year on, a year can only be meant in the Buddhist era.
    private static let firstBuddhistYear = 2_400
    private static let buddhistEra = 543
    /// Slips have years of two digits: from this one on it is of the Buddhist era, as 69 is for 2026. One of the common era will
    /// not be so high for years.
    private static let firstShortBuddhistYear = 43

    private static let minutesOfDay = 1_440.0
    private static let bangkokMinutes = 7 * 60

    private static let months = [
        ["มค", "มกราคม", "jan", "january"], ["กพ", "กุมภาพันธ์", "feb", "february"], ["มีค", "มีนาคม", "mar", "march"],
        ["เมย", "เมษายน", "apr", "april"], ["พค", "พฤษภาคม", "may"], ["มิย", "มิถุนายน", "jun", "june"],
        ["กค", "กรกฎาคม", "jul", "july"], ["สค", "สิงหาคม", "aug", "august"],
        ["กย", "กันยายน", "sep", "sept", "september"],
        ["ตค", "ตุลาคม", "oct", "october"], ["พย", "พฤศจิกายน", "nov", "november"], ["ธค", "ธันวาคม", "dec", "december"],
    ]

    /// `2026-03-18`, `18/03/2569` or `18 มี.ค. 69`, each also with a time behind it; nil for anything else. A time that says how far
    /// it is from UTC may be of another day in Bangkok.
    static func day(_ text: String) -> BangkokDay? {
        let text = text.inASCIIDigits.drop { !$0.isNumber }
        guard let found = yearFirst(text) ?? dayFirst(text) ?? named(text), let day = found.day, isTime(found.rest)
        else { return nil }
        return BangkokDay(number: day.number + daysAhead(found.rest))
    }

    private typealias Found = (day: BangkokDay?, rest: Substring)

    private static func yearFirst(_ text: Substring) -> Found? {
        guard let found = text.prefixMatch(of: #/(\d{4})([-\/.])(\d{1,2})\2(\d{1,2})(?!\d)/#) else { return nil }
        return (day(found.1, Int(found.3), found.4), text[found.range.upperBound...])
    }

    private static func dayFirst(_ text: Substring) -> Found? {
        guard let found = text.prefixMatch(of: #/(\d{1,2})([-\/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/#) else { return nil }
        return (day(found.4, Int(found.3), found.1), text[found.range.upperBound...])
    }

    private static func named(_ text: Substring) -> Found? {
        guard let found = text.prefixMatch(of: #/(\d{1,2})[\s\-\/.]*([^\d\-\/]+)[\s\-\/.]*(\d{4}|\d{2})(?!\d)/#) else {
            return nil
        }
        let word = found.2.lowercased().filter { $0 != "." && !$0.isWhitespace }
        let month = word.hasSuffix("พศ") ? String(word.dropLast(2)) : word
        let number = months.firstIndex { $0.contains(month) }.map { $0 + 1 }
        return (day(found.3, number, found.1), text[found.range.upperBound...])
    }

    private static func day(_ year: Substring, _ month: Int?, _ day: Substring) -> BangkokDay? {
        guard let month, let number = Int(year) else { return nil }
        let whole = year.count > 2 ? number : number < firstShortBuddhistYear ? 2_000 + number : 2_500 + number
        let common = whole >= firstBuddhistYear ? whole - buddhistEra : whole
        func two(_ digits: some StringProtocol) -> String { digits.count == 1 ? "0\(digits)" : String(digits) }
        return BangkokDay("\(common)-\(two(String(month)))-\(two(day))")
    }

    /// Whether what follows the day may be a time.
    private static func isTime(_ rest: Substring) -> Bool {
        rest.first.map { $0 == "T" || $0 == "," || $0.isWhitespace } ?? true
    }

    /// By how many days a time with a zone is another day in Bangkok. A time without one is Bangkok's.
    private static func daysAhead(_ rest: Substring) -> Int {
        let pattern =
            #/[T\s,]*(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?:Z|UTC|GMT)?(?:([+-])(\d{1,2})(?::?(\d{2}))?)?\s*/#
        guard let found = rest.wholeMatch(of: pattern), let hour = Int(found.1), let minute = Int(found.2),
            found.3 != nil || rest.contains(where: { "ZUG".contains($0) })
        else { return 0 }
        let offset = (found.4.flatMap { Int($0) } ?? 0) * 60 + (found.5.flatMap { $0 }.flatMap { Int($0) } ?? 0)
        let minutes = hour * 60 + minute - (found.3 == "-" ? -offset : offset) + bangkokMinutes
        return Int((Double(minutes) / minutesOfDay).rounded(.down))
    }
}

extension String {
    /// With every digit of another script, such as Thai, as ours.
    var inASCIIDigits: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { scalar in
                    let about = scalar.properties
                    guard about.numericType == .decimal, let value = about.numericValue else { return scalar }
                    return Unicode.Scalar(UInt8(ascii: "0") + UInt8(value))
                }))
    }
}
