import HTTPCalls
import JSON

/// A documented answer: `{"success": true, "data": …}`, with a `total` in a list, and a `message` after a delete.
struct OCRInvoiceEnvelope: Sendable {
    let json: JSONObject
    /// The body as it came.
    let bytes: [UInt8]

    init(
        _ answer: HTTPAnswer, to call: OCRInvoiceCall, _ discretion: Discretion
    ) throws(OCRInvoiceError) {
        let service = OCRInvoiceService.title
        guard (200..<300).contains(answer.status) else {
            throw OCRInvoiceError(
                .status(answer.status), "\(service) answered HTTP \(answer.status)",
                words: discretion.message(of: answer.body), retryAfter: answer.retryAfter)
        }
        bytes = answer.body
        // Many services say no more after a delete.
        if call == .delete, answer.status == 204, answer.body.isEmpty {
            json = [:]
            return
        }
        guard case .object(let object)? = try? JSONParser.parse(answer.body),
            case .bool(let hasSucceeded)? = object["success"]
        else {
            throw OCRInvoiceError(
                .unintelligible,
                "\(service) answered HTTP \(answer.status) with a body that is no JSON object with \"success\"")
        }
        guard hasSucceeded else {
            throw OCRInvoiceError(.refused, "\(service) refused it", words: discretion.message(of: answer.body))
        }
        json = object
    }

    /// The job that the answer is about.
    func job(_ discretion: Discretion) throws(OCRInvoiceError) -> OCRJob {
        guard let data = json.object("data"), let job = OCRJob(data, discretion) else {
            throw OCRInvoiceError(.unintelligible, "\(OCRInvoiceService.title) answered without a job and its id")
        }
        return job
    }

    /// `data` exactly as it came; nil if it is null or missing.
    var data: [UInt8]? {
        guard let value = json["data"], !value.isNull else { return nil }
        return MemberText.value(of: "data", in: bytes).map { Array($0) } ?? value.bytes
    }
}
