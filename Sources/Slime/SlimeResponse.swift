import Foundation
import HTTPCalls
import JSON
import NIOHTTP1

/// Reads Slime's answer: 200 `{"data":…}`, 422 `{"exception":{…}}`, and nothing else.
enum SlimeResponse {
    /// No documented answer about one sale is nearly as long.
    static let maximumBytes = 1 << 20
    /// A list has at most 1,000 transactions or documents (API page, "List By Tag" and "Stream Generated"). With two tags of
    /// 100 characters and some documents each has less than 4 KB.
    static let maximumListBytes = 4 << 20
    private static let maximumMessage = 500

    static func data(of answer: HTTPAnswer) throws(SlimeError) -> JSONObject {
        let (status, headers, body) = (answer.status, answer.headers, answer.body)
        if status == 200, case .object(let data)? = envelope(body)?["data"] { return data }
        // Reading a date takes longer than the rest of an answer; only a refusal needs it.
        let serverDate = answer.date
        switch status {
        case 200:
            throw SlimeError(
                .unintelligible, "Slime answered 200 with a body that has no \"data\" object\(packing(headers))",
                serverDate: serverDate)
        case 422:
            guard case .object(let exception)? = envelope(body)?["exception"],
                case .string(let code)? = exception["code"]
            else {
                throw SlimeError(
                    .unintelligible, "Slime answered 422 with a body that has no exception code", serverDate: serverDate
                )
            }
            var message: String?
            if case .string(let text)? = exception["message"] { message = String(text.prefix(maximumMessage)) }
            let refusal = SlimeException(code: .init(String(code.prefix(100))), message: message)
            let suffix = message.map { ": \($0)" } ?? ""
            throw SlimeError(
                .exception(refusal), "Slime refused with \(refusal.code.text)\(suffix)", retryAfter: answer.retryAfter,
                serverDate: serverDate)
        default:
            throw SlimeError(
                .unexpectedStatus(status), "Slime answered HTTP \(status), expected 200 or 422",
                retryAfter: answer.retryAfter,
                serverDate: serverDate)
        }
    }

    /// An unknown coding that was not asked for: the body could not be unpacked.
    private static func packing(_ headers: HTTPHeaders) -> String {
        let coding = headers.first(name: "Content-Encoding")?.lowercased() ?? "identity"
        if ["identity", "gzip", "deflate"].contains(coding) { return "" }
        return ", packed as \"\(coding.prefix(20))\", which was not asked for"
    }

    private static func envelope(_ body: [UInt8]) -> JSONObject? {
        guard case .object(let envelope)? = try? JSONParser.parse(body) else { return nil }
        return envelope
    }
}
