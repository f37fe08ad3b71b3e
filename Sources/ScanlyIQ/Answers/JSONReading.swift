import JSON

// Answers are read tolerantly: the page shows one example of each.
extension JSONObject {
    /// Longer texts are on no slip.
    private static let longestText = 200

    /// A text that is not empty, or the digits of a number.
    func text(_ key: String) -> String? {
        switch self[key] {
        case .string(let text)?:
            let visible = String(text.withoutControls.prefix(Self.longestText))
            return visible.allSatisfy(\.isWhitespace) ? nil : visible
        case .number(let number)?: return number.text.utf8.count <= Self.longestText ? number.text : nil
        default: return nil
        }
    }

    /// The service's name for something, or its number. It is sent back as it came.
    func id(_ key: String) -> String? {
        let text: String
        switch self[key] {
        case .string(let string)?: text = string
        case .number(let number)? where number.text.utf8.allSatisfy({ (48...57).contains($0) }): text = number.text
        default: return nil
        }
        return text.isEmpty || text.utf8.count > Self.longestText ? nil : text
    }

    /// Whole credits, rounded by `rule` if there are parts of one.
    func credits(_ key: String, _ rule: FloatingPointRoundingRule) -> Int? {
        let text: String
        switch self[key] {
        case .number(let number)?: text = number.text
        case .string(let string)?: text = string
        default: return nil
        }
        return Int(text) ?? Double(text).flatMap { Int(exactly: $0.rounded(rule)) }
    }

    func objects(_ key: String) -> [JSONObject]? {
        guard case .array(let values)? = self[key] else { return nil }
        var objects: [JSONObject] = []
        for value in values {
            guard case .object(let object) = value else { return nil }
            objects.append(object)
        }
        return objects
    }
}
