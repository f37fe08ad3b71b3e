/// Tags of a transaction, as "Set Tags" and three of the four "Initiate with …" limit them.
///
/// The section "Initiate with Receipt" leaves the length out; a tag that `set-tags` would refuse is refused there too.
enum TagRules {
    static let sizes = 0...2
    private static let longest = 100

    static func check(_ tags: [JSONValue]) throws(Refusal) -> [String] {
        var texts: [String] = []
        for (index, tag) in tags.enumerated() {
            guard let text = tag.text else { throw .schema("tags[\(index)]", "expected a string, found \(tag.kind)") }
            guard text.unicodeScalars.count <= longest else {
                throw .schema("tags[\(index)]", "expected at most \(longest) characters")
            }
            texts.append(text)
        }
        return texts
    }
}
