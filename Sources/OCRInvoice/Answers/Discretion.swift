import Foundation
import HTTPCalls
import JSON
import RemoteServices

/// Takes out of what the service says what nobody may read there: our key, links, and whatever looks like a token.
struct Discretion: Sendable {
    private static let longestMessage = 500
    /// What is longer is no message.
    private static let longestBody = 64 << 10

    private let mask: TextMask

    init(hiding key: ServiceKey, _ link: DocumentLink? = nil) {
        mask = TextMask([key.text] + (link?.traces ?? []))
    }

    /// What a refusal says, for staff: nothing but its message, since the rest may be the document's content. The page does not
    /// say what a refusal looks like, so a message is looked for where services have it; empty if there is none.
    func message(of body: [UInt8]) -> String {
        guard body.count <= Self.longestBody, let value = try? JSONParser.parse(body) else { return "" }
        return Self.message(in: value).map(clean) ?? ""
    }

    /// A text of the service's, fit to be shown.
    func clean(_ text: String) -> String {
        let visible = String(
            String.UnicodeScalarView(
                text.unicodeScalars.prefix(4 * Self.longestMessage).map {
                    $0.properties.generalCategory == .control ? " " : $0
                }))
        // Also where slashes or colons are escaped or encoded.
        let link = #/https?(?::|%3a|\\u003a)(?:\\*(?:\/|u002f|%2f)){2}[^\s"'<>]*/#.ignoresCase()
        let token = #/[A-Za-z0-9_=%+-]{32,}/#
        let bare = mask.masked(visible).replacing(link, with: TextMask.sign).replacing(token, with: TextMask.sign)
        return String(bare.prefix(Self.longestMessage)).trimmingCharacters(in: .whitespaces)
    }

    private static let messageKeys = ["message", "error", "errors", "msg", "detail", "reason"]

    /// - Parameter depth: a message is not deep inside.
    static func message(in value: JSONValue, depth: Int = 0) -> String? {
        guard depth < 4 else { return nil }
        switch value {
        case .string(let text): return text.isEmpty ? nil : text
        case .array(let values):
            let texts = values.prefix(5).compactMap { message(in: $0, depth: depth + 1) }
            return texts.isEmpty ? nil : texts.joined(separator: "; ")
        case .object(let object):
            return messageKeys.lazy.compactMap { object[$0] }.compactMap { message(in: $0, depth: depth + 1) }.first
        case .null, .bool, .number: return nil
        }
    }
}
