import Foundation
import JSON
import RemoteServices
import Sales

/// The requests and pages of `trading-document/stream-generated`.
enum DocumentStream {
    /// Documents of a page (API page, "Stream Generated": 1 to 1,000). They are one commit, and a sale may wait for its end.
    static let limit = 100
    /// Documents that were readied at nearly the same time may come in another order: a replay begins this much earlier.
    private static let replayMargin: TimeInterval = 3_600
    private static let maximumToken = 16 << 10

    static func request(from time: Date) -> ServiceRequest {
        let text = text(of: time)
        return ServiceRequest(bytes: data(["from": .string(text)]), context: text)
    }

    /// Its context stays: a replay whose token is refused as well goes no further back.
    static func replay(of request: ServiceRequest) -> ServiceRequest? {
        guard let context = request.context, let time = Timestamp.parse(context) else { return nil }
        return ServiceRequest(bytes: self.request(from: time - replayMargin).bytes, context: context)
    }

    /// - Parameter now: the provider's time: no document is readied later.
    static func page(
        _ reader: AnswerReader, answering request: ServiceRequest, at now: Date
    ) throws(SlimeError) -> DocumentPage {
        let entries = try reader.array("documents")
        var documents: [ProvidedDocument] = []
        for case .object(let object) in entries {
            let entry = AnswerReader(object: object, subject: reader.subject)
            if let document = try? ProvidedDocument(entry) { documents.append(document) }
        }
        let next = try next(after: documents, reader, answering: request, isEmpty: entries.isEmpty, at: now)
        return DocumentPage(
            documents: documents, unreadable: entries.count - documents.count, next: next,
            // A token that leads nowhere else must not be followed without a pause.
            isLast: entries.count < limit || next.bytes == request.bytes)
    }

    private static func next(
        after documents: [ProvidedDocument], _ reader: AnswerReader, answering request: ServiceRequest, isEmpty: Bool,
        at now: Date
    ) throws(SlimeError) -> ServiceRequest {
        // The page does not say that the end of the stream has a token.
        let token = reader.object["continuation_token"]
        if isEmpty, token == nil || token?.isNull == true { return request }
        let latest = documents.compactMap(\.readiedAt).max().map { min($0, now) }
        let earlier = request.context.flatMap(Timestamp.parse)
        return ServiceRequest(
            bytes: data(["continuation_token": .string(try reader.text("continuation_token", atMost: maximumToken))]),
            context: [latest, earlier].compactMap(\.self).max().map(text))
    }

    private static func data(_ start: JSONObject) -> [UInt8] {
        var data = start
        data["limit"] = .number(JSONNumber(limit))
        return JSONValue.object(data).bytes
    }

    private static func text(of time: Date) -> String { time.formatted(.iso8601) }
}
