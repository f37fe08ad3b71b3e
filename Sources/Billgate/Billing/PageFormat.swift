import Foundation
import JSON
import Sales

/// The forms of texts and numbers on the page.
enum PageFormat {
    static let timeRule = "a time such as \"2021-01-19 13:00:00\", or a day such as \"2021-01-19\""
    static let uuidRule = "a UUID such as \"c6f3f207-169d-481c-882c-f50c5b85626d\""
    static let idRule = "an id: letters, digits, - and _, at most 128"

    /// `2021-01-19 13:00:00`, by the pattern of the page's parameters, and a time that there is.
    static func isTime(_ text: String) -> Bool {
        guard let parts = text.wholeMatch(of: /([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}):([0-9]{2}):([0-9]{2})/),
            BangkokDay(String(parts.1)) != nil, let hour = Int(parts.2), let minute = Int(parts.3),
            let second = Int(parts.4)
        else { return false }
        return hour < 24 && minute < 60 && second < 60
    }

    static func isTimeOrDay(_ text: String) -> Bool { BangkokDay(text) != nil || isTime(text) }

    static func isUUID(_ text: String) -> Bool { text.utf8.count == 36 && UUID(uuidString: text) != nil }

    /// By the pattern of `template_id`.
    static func isUUIDVersion4(_ text: String) -> Bool {
        text.wholeMatch(of: /[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89aAbB][a-f0-9]{3}-[a-f0-9]{12}/) != nil
    }

    /// For a part of a path. No id on the page has anything else, and no other text may lead to another path.
    static func isID(_ text: String) -> Bool { text.wholeMatch(of: /[A-Za-z0-9_\-]{1,128}/) != nil }

    /// The number exactly; nil if it has more digits before and behind the point than that.
    static func decimal(_ number: JSONNumber, digits: Int) -> Decimal? {
        let parts = number.canonical.split(separator: "e")
        guard parts.count == 2, let exponent = Int(parts[1]), (-digits...digits).contains(exponent),
            parts[0].count(where: \.isNumber) + max(exponent, 0) <= digits
        else { return nil }
        return Decimal(string: number.canonical)
    }
}
