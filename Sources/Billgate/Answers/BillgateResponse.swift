import Foundation
import HTTPCalls
import JSON

/// Reads an answer: the documented status with the documented body, and nothing else.
enum BillgateResponse {
    private static let maximumMessage = 500

    /// - Parameter key: ours, which an answer may repeat.
    static func object(
        of answer: HTTPAnswer, to call: BillgateCall, hiding key: String
    ) throws(BillgateError) -> JSONObject {
        guard (200..<300).contains(answer.status) else {
            let body = text(of: answer.body, hiding: key)
            throw BillgateError(
                .status(answer.status),
                "Billgate answered HTTP \(answer.status), expected \(call.status)\(body.isEmpty ? "" : ": \(body)")",
                retryAfter: answer.retryAfter)
        }
        guard call.hasAnswer else {
            // A portal answers everything with a page.
            if answer.status == call.status || answer.body.isEmpty { return [:] }
            throw BillgateError(
                .unintelligible,
                "Billgate answered HTTP \(answer.status) with a body, expected \(call.status) without one")
        }
        guard answer.status == call.status, case .object(let object)? = try? JSONParser.parse(answer.body) else {
            throw BillgateError(
                .unintelligible,
                answer.status == call.status
                    ? "Billgate answered \(answer.status) with a body that is no JSON object"
                    : "Billgate answered HTTP \(answer.status), expected \(call.status)")
        }
        return object
    }

    /// What a refusal says, for staff. It has no documented form. Our key and every link are left out, also one whose slashes
    /// are escaped, once or in a text within a text.
    private static func text(of body: [UInt8], hiding key: String) -> String {
        let text = String(decoding: body.prefix(4 * maximumMessage), as: UTF8.self)
        let visible = String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
        let bare = key.isEmpty ? visible : visible.replacing(key, with: "…")
        let link = #/https?:(?:\\*(?:\/|u002f)){2}[^\s"'<>]+/#.ignoresCase()
        return String(bare.replacing(link, with: "…").prefix(maximumMessage))
            .trimmingCharacters(in: .whitespaces)
    }
}
