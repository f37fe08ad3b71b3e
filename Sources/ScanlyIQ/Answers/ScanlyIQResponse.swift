import Foundation
import HTTPCalls
import JSON
import RemoteServices

/// Reads an answer: success with a JSON object, and nothing else. Which status says success, the page leaves open.
enum ScanlyIQResponse {
    private static let maximumMessage = 500

    /// - Parameter key: ours, which an answer may repeat.
    static func object(of answer: HTTPAnswer, hiding key: String) throws(ScanlyIQError) -> JSONObject {
        guard (200..<300).contains(answer.status) else {
            let body = text(of: answer.body, hiding: key)
            throw ScanlyIQError(
                .status(answer.status), "ScanlyIQ answered HTTP \(answer.status)\(body.isEmpty ? "" : ": \(body)")",
                retryAfter: answer.retryAfter)
        }
        guard case .object(let object)? = try? JSONParser.parse(answer.body) else {
            throw ScanlyIQError(
                .unintelligible, "ScanlyIQ answered \(answer.status) with a body that is no JSON object")
        }
        return object
    }

    /// What a refusal says, for staff. It has no documented form. Our key, every link, and what may be an account or a person
    /// are left out.
    private static func text(of body: [UInt8], hiding key: String) -> String {
        let text = String(decoding: body.prefix(4 * maximumMessage), as: UTF8.self).withoutControls
        let bare = key.isEmpty ? text : text.replacing(key, with: TextMask.sign)
        let link = #/https?:(?:\\*(?:\/|u002f)){2}[^\s"'<>]+/#.ignoresCase()
        let masked = TextMask([]).masked(bare.replacing(link, with: TextMask.sign))
        return String(masked.prefix(maximumMessage)).trimmingCharacters(in: .whitespaces)
    }
}

extension String {
    var withoutControls: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }
}
