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

    /// - Parameter subject: what the call is about: its link, and the document's name, which may be a person's.
    init(hiding key: ServiceKey, _ subject: CallSubject? = nil) {
        mask = TextMask([key.text] + (subject?.link?.traces ?? []) + (subject?.form.traces ?? []))
    }

    /// What a refusal says, for staff: nothing but its message, since the rest may be the document's content. The page does not
    /// say what a refusal looks like, so a message is looked for where services have it; empty if there is none.
    func message(of body: [UInt8]) -> String {
        guard body.count <= Self.longestBody, let value = try? JSONParser.parse(body) else { return "" }
        return Self.message(in: value).map(clean) ?? ""
    }

    /// A text of the service's, fit to be shown.
    func clean(_ text: String) -> String {
        let visible = Self.withoutControls(text, atMost: 4 * Self.longestMessage)
        // Also where slashes or colons are escaped or encoded.
        let link = #/https?(?::|%3a|\\u003a)(?:\\*(?:\/|u002f|%2f)){2}[^\s"'<>]*/#.ignoresCase()
        let token = #/[A-Za-z0-9_=%+-]{32,}/#
        let bare = mask.masked(visible).replacing(link, with: TextMask.sign).replacing(token, with: TextMask.sign)
        return String(bare.prefix(Self.longestMessage)).trimmingCharacters(in: .whitespaces)
    }

    /// A text that is somebody else's and no secret, fit for a terminal: a number, a name.
    static func visible(_ text: String) -> String { withoutControls(text, atMost: longestName) }

    /// Whether ``visible(_:)`` leaves a text as it is.
    static func isVisible(_ text: String) -> Bool {
        text.unicodeScalars.count <= longestName && !text.unicodeScalars.contains(where: isControl)
    }

    private static let longestName = 300

    private static func withoutControls(_ text: String, atMost length: Int) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(length).map { isControl($0) ? " " : $0 }))
    }

    /// Those of a terminal, and those that turn the direction of a line.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        [.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
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

extension Discretion: CustomStringConvertible, CustomReflectable {
    var description: String { "a discretion" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
